namespace FastConv.Benchmarks.Report;

/// <summary>A logarithmic range of values over a range of pixels, with marks at 1, 2 and 5 times powers of ten.</summary>
internal sealed class LogAxis
{
    private static readonly double[] Digits = [1, 2, 5];

    private readonly double _start;
    private readonly double _perUnit;

    /// <param name="low">The least value; the axis begins at the mark at or below it.</param>
    /// <param name="high">The greatest; the axis ends at the mark at or above it.</param>
    /// <param name="start">Where the axis begins.</param>
    /// <param name="end">Where it ends; may be before the start.</param>
    public LogAxis(double low, double high, double start, double end)
    {
        double[] marks = [.. Marks((int)Math.Floor(Math.Log10(low)), (int)Math.Ceiling(Math.Log10(high)))];
        Low = marks.LastOrDefault(mark => mark <= low, marks[0]);
        High = marks.FirstOrDefault(mark => mark >= high && mark > Low, marks[^1]);
        Ticks = [.. marks.Where(mark => mark >= Low && mark <= High)];
        _start = start;
        _perUnit = (end - start) / Math.Log(High / Low);
    }

    public double Low { get; }

    public double High { get; }

    public IReadOnlyList<double> Ticks { get; }

    public double Place(double value) => _start + Math.Log(Math.Clamp(value, Low, High) / Low) * _perUnit;

    private static IEnumerable<double> Marks(int first, int last) =>
        from power in Enumerable.Range(first, last - first + 1)
        from digit in Digits
        select digit * Math.Pow(10, power);
}
