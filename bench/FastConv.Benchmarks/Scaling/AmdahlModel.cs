namespace FastConv.Benchmarks.Scaling;

/// <summary>
/// What more cores would make of a workload, by t(p) = max(t(1) (s + (1 - s) / p), bytes / copy ceiling). The serial share s fits the measured
/// times best, by least squares: with t(p) / t(1) - 1 / p = s (1 - 1 / p), s = sum(x y) / sum(x x). The ceiling is that of the machine
/// that measured, so a machine with more memory channels passes it; it holds for what does not fit the second-level caches.
/// </summary>
internal sealed class AmdahlModel
{
    private readonly double _one;
    private readonly double _floor;

    /// <param name="seconds">Best times by threads; 1 and another number are among them.</param>
    /// <param name="memorySeconds">The time of a copy of as many bytes; 0 where a cache holds them.</param>
    public AmdahlModel(IReadOnlyDictionary<int, double> seconds, double memorySeconds)
    {
        _one = seconds[1];
        double products = 0;
        double squares = 0;
        foreach ((int threads, double time) in seconds)
        {
            double x = 1 - 1.0 / threads;
            products += x * (time / _one - 1.0 / threads);
            squares += x * x;
        }

        SerialShare = Math.Clamp(products / squares, 0, 1);

        // What has been measured is possible.
        _floor = Math.Min(memorySeconds, seconds.Values.Min());
    }

    /// <summary>s, in [0, 1].</summary>
    public double SerialShare { get; }

    /// <summary>t(p).</summary>
    public double Seconds(int cores) => Math.Max(Amdahl(cores), _floor);

    /// <summary>Whether memory decides.</summary>
    public bool IsBoundByMemory(int cores) => _floor > Amdahl(cores);

    private double Amdahl(int cores) => _one * (SerialShare + (1 - SerialShare) / cores);
}
