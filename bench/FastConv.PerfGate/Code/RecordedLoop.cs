namespace FastConv.PerfGate.Code;

/// <summary>What a loop may consist of, beside its multiply-adds.</summary>
/// <param name="Moves">Of vectors, at most.</param>
/// <param name="StackOperands">At most: 0 but for loops that are known to be worse.</param>
/// <param name="Calls">The same.</param>
internal sealed record RecordedLoop(VectorMoves Moves, int StackOperands = 0, int Calls = 0)
{
    /// <summary>
    /// The record after this one of a loop that is so now. Moves may grow, since the change is reviewed with the file; stack operands and calls only
    /// become fewer.
    /// </summary>
    public static RecordedLoop After(RecordedLoop? before, LoopCounts now) =>
        new(now.Moves, Math.Min(before?.StackOperands ?? 0, now.StackOperands), Math.Min(before?.Calls ?? 0, now.Calls));

    public override string ToString() => Moves + (StackOperands > 0 ? $", {StackOperands} on the stack" : "") + (Calls > 0 ? $", {Calls} calls" : "");
}
