namespace FastConv.PerfGate.Code;

/// <summary>What a step of a loop consists of.</summary>
/// <param name="MultiplyAdds">Fused ones.</param>
/// <param name="Bits">Of the narrowest vector among their operands; 0 without any.</param>
/// <param name="StackOperands">Instructions that read or write the stack.</param>
/// <param name="Calls">Of anything.</param>
/// <param name="Moves">Of vectors.</param>
internal sealed record LoopCounts(int MultiplyAdds, int Bits, int StackOperands, int Calls, VectorMoves Moves);

/// <summary>Moves of vectors in a step of a loop: from register to register, from memory, to memory.</summary>
internal sealed record VectorMoves(int Copies, int Loads, int Stores)
{
    /// <summary>Whether there are more of any kind.</summary>
    public bool Exceed(VectorMoves recorded) => Copies > recorded.Copies || Loads > recorded.Loads || Stores > recorded.Stores;

    public override string ToString() => $"{Copies} copies, {Loads} loads, {Stores} stores";
}
