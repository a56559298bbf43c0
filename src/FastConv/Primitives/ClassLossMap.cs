using FastConv.Kernels.Losses;
using FastConv.Parallelism;

namespace FastConv.Primitives;

/// <summary>Classification losses over rows, on several threads; everything is checked.</summary>
internal static unsafe class ClassLossMap
{
    // Elements: rows are dealt out in stretches of about so many.
    private const int Grain = 4096;

    /// <summary>The sum of the cross-entropies of all rows.</summary>
    public static double CrossEntropy<TTarget>(TTarget target, float* logits, float* probabilities, int rows, int classes)
        where TTarget : struct, IClassTarget =>
        OrderedSum.Of(new CrossEntropySummand<TTarget>(target, logits, probabilities, classes), rows, classes);

    /// <summary>The gradient of the cross-entropies with respect to the logits, from the probabilities.</summary>
    public static void CrossEntropyGradient<TTarget>(TTarget target, float* probabilities, float* gradLogits, double scale, int rows, int classes)
        where TTarget : struct, IClassTarget
    {
        int stretch = Math.Max(1, Grain / classes);
        var job = new CrossEntropyGradientJob<TTarget>(target, probabilities, gradLogits, scale, rows, classes, stretch);
        WorkerTeam.Run(ref job, (int)((rows + (stretch - 1L)) / stretch), ThreadGate.ThreadsFor((long)rows * classes));
    }

    /// <summary>The sum of the negative log-likelihoods of all rows.</summary>
    public static double Nll<TTarget>(TTarget target, float* logProbabilities, int rows, int classes)
        where TTarget : struct, IClassTarget =>
        OrderedSum.Of(new NllSummand<TTarget>(target, logProbabilities, classes), rows, classes);

    private readonly struct CrossEntropySummand<TTarget>(TTarget target, float* logits, float* probabilities, int classes) : ISummand
        where TTarget : struct, IClassTarget
    {
        public double Sum(int start, int end) => CrossEntropyKernel.Forward(target, logits, probabilities, classes, start, end);
    }

    private readonly struct CrossEntropyGradientJob<TTarget>(
        TTarget target, float* probabilities, float* gradLogits, double scale, int rows, int classes, int stretch) : IParallelJob
        where TTarget : struct, IClassTarget
    {
        public void Execute(int index, int worker)
        {
            int start = index * stretch;
            int end = start + Math.Min(stretch, rows - start);
            CrossEntropyKernel.Backward(target, probabilities, gradLogits, classes, scale, start, end);
        }
    }

    private readonly struct NllSummand<TTarget>(TTarget target, float* logProbabilities, int classes) : ISummand
        where TTarget : struct, IClassTarget
    {
        public double Sum(int start, int end) => NllKernel.Forward(target, logProbabilities, classes, start, end);
    }
}
