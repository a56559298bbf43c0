using System.Globalization;
using FastConv.Benchmarks;

namespace FastConv.PerfGate.Speed;

/// <summary>Runs that floors are made from: each in a process of its own, since where code and data come to lie is part of what differs.</summary>
internal static class SpeedRuns
{
    /// <summary>How this program tells a child of its own to measure.</summary>
    public const string Verb = "measure";

    private const char Separator = '\t';

    /// <summary>Measures all kernels of the filter in this process and prints their shares.</summary>
    public static int Measure(string filter)
    {
        var options = new GateOptions { Filter = filter, BaselinesPath = "" };
        foreach (SpeedCase speed in SpeedCases.All().Where(speed => options.Selects(speed.Name)))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{speed.Name}{Separator}{ShareMeasurement.Of(speed):R}"));
        }

        return 0;
    }

    /// <summary>The shares of all runs, by kernel.</summary>
    /// <exception cref="IOException">A process failed.</exception>
    public static IReadOnlyDictionary<string, List<double>> Collect(GateOptions options, Action<string> say)
    {
        var shares = new Dictionary<string, List<double>>();
        for (int run = 1; run <= options.Runs; run++)
        {
            say($"speed: run {run} of {options.Runs}");
            foreach (string[] cells in ChildLines.Read(OwnProcess.Prepare(Verb, options.Filter)).Select(line => line.Split(Separator)))
            {
                shares.TryAdd(cells[0], []);
                shares[cells[0]].Add(double.Parse(cells[1], CultureInfo.InvariantCulture));
            }
        }

        return shares;
    }
}
