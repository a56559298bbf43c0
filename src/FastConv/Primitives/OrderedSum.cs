using FastConv.Parallelism;

namespace FastConv.Primitives;

/// <summary>What a sum is made of: the sum of any stretch of its items.</summary>
internal interface ISummand
{
    double Sum(int start, int end);
}

/// <summary>
/// Sums over several threads that have the same bits on any number of them: the stretches depend on nothing but the number of items,
/// and their sums are added in ascending order.
/// </summary>
internal static unsafe class OrderedSum
{
    private const int MostStretches = 64;
    private const int ShortestStretch = 4096;

    /// <summary>The sum of <paramref name="count"/> items of so many elements each.</summary>
    public static double Of<TSummand>(TSummand summand, int count, int elementsPerItem)
        where TSummand : struct, ISummand
    {
        var stretches = new Partition(count, MostStretches, Math.Max(1, ShortestStretch / elementsPerItem));
        double* sums = stackalloc double[MostStretches];
        var job = new Job<TSummand>(summand, stretches, sums);
        WorkerTeam.Run(ref job, stretches.Parts, ThreadGate.ThreadsFor((long)count * elementsPerItem));
        double sum = 0;
        for (int index = 0; index < stretches.Parts; index++)
        {
            sum += sums[index];
        }

        return sum;
    }

    private readonly struct Job<TSummand>(TSummand summand, Partition stretches, double* sums) : IParallelJob
        where TSummand : struct, ISummand
    {
        public void Execute(int index, int worker) => sums[index] = summand.Sum(stretches.Start(index), stretches.End(index));
    }
}
