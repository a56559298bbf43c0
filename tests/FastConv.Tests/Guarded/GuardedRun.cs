using System.Globalization;
using FastConv.Parallelism;
using FastConv.Randomness;

namespace FastConv.Tests.Guarded;

/// <summary>The process in which primitives run on guarded memory; its last line names the case in which it ended.</summary>
internal static class GuardedRun
{
    public const string Verb = "run-guarded";
    public const string AllDone = "all done";

    private static readonly Action<GuardedMemory, RandomSource>[] Cases =
    [
        GuardedConvolutions.Any, GuardedConvolutions.Wide, GuardedConvolutions.Depthwise, GuardedConvolutions.Strided, GuardedConvolutions.Columns, GuardedProducts.Gemm, GuardedProducts.SpreadGemm, GuardedProducts.Linear,
        GuardedPools.Max, GuardedPools.Average, GuardedPools.Global, GuardedNorms.Training, GuardedNorms.Inference, GuardedNorms.Softmax,
        GuardedElements.Activations, GuardedElements.Gelu, GuardedElements.Dropout, GuardedElements.Concat, GuardedLosses.Elements, GuardedLosses.Labels, GuardedLosses.Targets,
        GuardedUpdates.Sgd, GuardedUpdates.Adam, GuardedUpdates.RmsProp,
    ];

    public static int Run(string edge, string seed, string rounds)
    {
        var random = new RandomSource(long.Parse(seed, CultureInfo.InvariantCulture));
        var memory = new GuardedMemory(Enum.Parse<GuardedEdge>(edge), random);
        for (int round = int.Parse(rounds, CultureInfo.InvariantCulture); round > 0; round--)
        {
            foreach (Action<GuardedMemory, RandomSource> run in Cases)
            {
                ThreadSettings.MaxThreads = 1 + random.NextInt(3);
                run(memory, random);
            }
        }

        Console.WriteLine(AllDone);
        return 0;
    }
}
