namespace FastConv.Benchmarks.Scaling;

/// <summary>A workload that is measured on several numbers of threads.</summary>
/// <param name="Kind">One of <see cref="ScalingKinds"/>.</param>
/// <param name="Name">Of the rows.</param>
/// <param name="Flops">Of one call, a multiply-add counted as two; null where nobody counts them.</param>
/// <param name="Bytes">That one call must read and write.</param>
/// <param name="Prepare">Allocates, and returns one call; what it holds is freed by the second.</param>
internal sealed record ScalingCase(string Kind, string Name, double? Flops, double Bytes, Func<PreparedCall> Prepare);

/// <summary>A call that is ready to run.</summary>
/// <param name="Run">One call.</param>
/// <param name="Memory">What it works on, where that is not garbage-collected.</param>
internal sealed record PreparedCall(Action Run, IDisposable? Memory = null) : IDisposable
{
    public void Dispose() => Memory?.Dispose();
}

/// <summary>The words of <c>--kind</c>.</summary>
internal static class ScalingKinds
{
    public const string Convolution = "conv";
    public const string Gemm = "gemm";
    public const string Op = "op";
    public const string Step = "step";

    public static IReadOnlyList<string> All { get; } = [Convolution, Gemm, Op, Step];
}
