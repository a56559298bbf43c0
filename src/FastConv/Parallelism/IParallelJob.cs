namespace FastConv.Parallelism;

/// <summary>Work cut into numbered, independent pieces. Implemented by structs, so that a dispatch allocates nothing.</summary>
internal interface IParallelJob
{
    /// <summary>Does piece <paramref name="index"/>.</summary>
    /// <param name="index">Each in [0, count) exactly once, in any order, on any thread.</param>
    /// <param name="worker">Which of the participating threads this is: a slot for scratch memory of its own.</param>
    void Execute(int index, int worker);
}
