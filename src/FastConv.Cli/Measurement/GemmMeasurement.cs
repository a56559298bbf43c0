using System.Diagnostics;
using FastConv.Primitives;
using FastConv.Randomness;
using FastConv.Tensors;

namespace FastConv.Cli.Measurement;

/// <summary>
/// Square matrix products and the machine's limit, in turns in one process: machines change their clock from second to second, so
/// only what was measured side by side can be compared.
/// </summary>
internal sealed class GemmMeasurement
{
    // Tiered compilation has settled when the best has not risen by more than this for so many rounds.
    private const double Settled = 1.02;
    private const int SettledRounds = 3;
    private const int MostWarmUpRounds = 40;
    private const double LongestWarmUpRoundSeconds = 0.2;

    private readonly int _size;
    private readonly int _threads;
    private readonly Tensor _a;
    private readonly Tensor _b;
    private readonly Tensor _c;

    private GemmMeasurement(int size, int threads)
    {
        _size = size;
        _threads = threads;
        _a = new Tensor(size, size);
        _b = new Tensor(size, size);
        _c = new Tensor(size, size);
        var random = new RandomSource(seed: 1);
        Initializers.Uniform(_a, random, -1, 1);
        Initializers.Uniform(_b, random, -1, 1);
    }

    /// <summary>GFLOP/s of the multiply-add loop, on as many cores at once as there are threads.</summary>
    public Samples Limit { get; private set; } = new();

    /// <summary>GFLOP/s of the product.</summary>
    public Samples Gemm { get; private set; } = new();

    /// <summary>The best product as a share of the best limit.</summary>
    public double Ratio => Gemm.Best / Limit.Best;

    /// <summary>Warms up, then measures for the given time, and each at least once.</summary>
    public static GemmMeasurement Run(int size, int threads, double seconds, CancellationToken cancellationToken)
    {
        var measurement = new GemmMeasurement(size, threads);
        measurement.WarmUp(Math.Min(LongestWarmUpRoundSeconds, seconds / SettledRounds), cancellationToken);
        measurement.TakeTurns(seconds, cancellationToken);
        return measurement;
    }

    private void WarmUp(double roundSeconds, CancellationToken cancellationToken)
    {
        double best = 0;
        for (int round = 0, unchanged = 0; round < MostWarmUpRounds && unchanged < SettledRounds; round++)
        {
            TakeTurns(roundSeconds, cancellationToken);
            unchanged = Gemm.Best < best * Settled ? unchanged + 1 : 0;
            best = Math.Max(best, Gemm.Best);
        }
    }

    private void TakeTurns(double seconds, CancellationToken cancellationToken)
    {
        Limit = new Samples();
        Gemm = new Samples();
        long start = Stopwatch.GetTimestamp();
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            Limit.Add(MultiplyAddLimit.Measure(_threads));
            Gemm.Add(MeasureGemm());
        }
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds);
    }

    private double MeasureGemm()
    {
        long start = Stopwatch.GetTimestamp();
        GemmPrimitives.Multiply(_size, _size, _size, _a.Span, transposeA: false, _b.Span, transposeB: false, _c.Span);
        return 2.0 * _size * _size * _size / Stopwatch.GetElapsedTime(start).TotalSeconds / 1e9;
    }
}
