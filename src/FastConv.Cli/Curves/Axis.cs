namespace FastConv.Cli.Curves;

/// <summary>A range of values with round marks, laid over a range of pixels.</summary>
internal sealed class Axis
{
    private readonly double _low;
    private readonly double _high;
    private readonly double _start;
    private readonly double _end;

    /// <summary>An axis over the values, widened to whole marks at the ends that <paramref name="round"/> allows.</summary>
    /// <param name="low">The least value.</param>
    /// <param name="high">The greatest; above the least.</param>
    /// <param name="start">Where the least stands.</param>
    /// <param name="end">Where the greatest stands; may be before the start, as y does on a screen.</param>
    /// <param name="marks">About how many marks.</param>
    /// <param name="round">Whether the range grows to the next marks.</param>
    public Axis(double low, double high, double start, double end, int marks, bool round)
    {
        double step = RoundStep((high - low) / marks);
        _low = round ? Math.Floor(low / step + 1e-9) * step : low;
        _high = round ? Math.Ceiling(high / step - 1e-9) * step : high;
        _start = start;
        _end = end;
        var ticks = new List<double>();
        for (long index = (long)Math.Ceiling(_low / step - 1e-9); index * step <= _high + step * 1e-9; index++)
        {
            ticks.Add(index * step);
        }

        Ticks = ticks;
        Decimals = Math.Max(0, (int)Math.Ceiling(-Math.Log10(step) - 1e-9));
    }

    /// <summary>Where the marks are.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>Digits after the point that tell the marks apart.</summary>
    public int Decimals { get; }

    /// <summary>The pixel of a value; values outside stand at the edge.</summary>
    public double Place(double value) => _start + (Math.Clamp(value, _low, _high) - _low) / (_high - _low) * (_end - _start);

    // 1, 2 or 5 times a power of ten.
    private static double RoundStep(double step)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        double digit = step / power;
        return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
    }
}
