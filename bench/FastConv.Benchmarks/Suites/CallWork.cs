using System.Globalization;

namespace FastConv.Benchmarks.Suites;

/// <summary>What one call has to do, beside what the machine can do at best.</summary>
/// <param name="Unit">What is counted.</param>
/// <param name="Amount">Floating-point operations, a multiply-add counted as two, or bytes read and written.</param>
/// <param name="Limit">Of them a second.</param>
internal sealed record CallWork(WorkUnit Unit, double Amount, double Limit)
{
    // BenchmarkDotNet runs a benchmark in a process of its own and keeps what that prints.
    private const string Mark = "FastConv call work:";

    /// <summary>The line that carries it from the process that measures to the one that reports.</summary>
    public string ToLine() => string.Create(CultureInfo.InvariantCulture, $"{Mark} {Unit} {Amount:R} {Limit:R}");

    /// <summary>Null where the line is another.</summary>
    public static CallWork? FromLine(string line)
    {
        if (!line.StartsWith(Mark, StringComparison.Ordinal))
        {
            return null;
        }

        string[] words = line[Mark.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new CallWork(Enum.Parse<WorkUnit>(words[0]), Number(words[1]), Number(words[2]));
    }

    /// <summary>A speed in giga-units, as text.</summary>
    public string Speed(double perSecond) =>
        string.Create(CultureInfo.InvariantCulture, $"{perSecond / 1e9:F2} {(Unit == WorkUnit.Flops ? "GFLOP/s" : "GB/s")}");

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>What limits a call: arithmetic or memory.</summary>
internal enum WorkUnit
{
    Flops,
    Bytes,
}
