using System.CommandLine;
using FastConv.Benchmarks.Peers;
using FastConv.Benchmarks.Steps;
using FastConv.Parallelism;

namespace FastConv.Benchmarks.Scaling;

/// <summary>The verb <c>scaling</c>: FastConv on 1 to N threads, and a model of more cores.</summary>
internal static class ScalingCommand
{
    public const string Verb = "scaling";

    private const double StepSeconds = 8;
    private const double OtherSeconds = 2;

    private static readonly int[] DefaultCores = [4, 8, 16, 32, 64];

    /// <summary>Exit code 0, 2 for wrong arguments.</summary>
    public static int Run(string[] args) => BenchmarkVerb.Run(Create(), args);

    private static Command Create()
    {
        int all = ThreadSettings.MaxThreads;
        Option<string[]?> kinds = ListOption.Create(
            "--kind", "KIND[,KIND..]", $"{string.Join(", ", ScalingKinds.All)} (all)", text => ListOption.OneOf(text, ScalingKinds.All));
        Option<int[]?> threads = ListOption.Create("--threads", "N", $"From 1 to so many ({all})", text => ListOption.Whole(text, ThreadSettings.Limit));
        Option<int[]?> cores = ListOption.Create(
            "--cores", "N[,N..]", $"What the model is asked for ({string.Join(',', DefaultCores)})", text => ListOption.Whole(text, ThreadSettings.Limit));
        Option<double[]?> seconds = ListOption.Create(
            "--seconds", "N", $"Time for the whole table, shared as its rows need it ({OtherSeconds} s a workload and thread, {StepSeconds} s a step)", ListOption.Positive);
        var json = new Option<string?>("--json") { HelpName = "FILE", Description = "Write the rows as a JSON array" };
        var filter = new Option<string?>("--filter") { HelpName = "TEXT", Description = "Only workloads whose name contains it" };
        var command = new Command(Verb, "Measure FastConv on 1 to N threads, and model more cores.") { kinds, filter, threads, cores, seconds, json };
        command.SetAction(parsed =>
        {
            IReadOnlyList<string> chosen = parsed.GetValue(kinds) is [_, ..] asked ? asked : ScalingKinds.All;
            string text = parsed.GetValue(filter) ?? "";
            ScalingCase[] cases =
            [
                .. ScalingCases.All().Where(workload => chosen.Contains(workload.Kind) && workload.Name.Contains(text, StringComparison.OrdinalIgnoreCase)),
            ];
            int[] counts = [.. Enumerable.Range(1, parsed.GetValue(threads) is [var most] ? most : all)];
            int[] modelled = parsed.GetValue(cores) is [_, ..] given ? given : DefaultCores;
            return Measure(cases, counts, modelled, parsed.GetValue(seconds) is [var time] ? time : null, parsed.GetValue(json));
        });
        return command;
    }

    private static int Measure(ScalingCase[] cases, int[] threads, int[] cores, double? seconds, string? jsonPath)
    {
        if (cases is [])
        {
            throw new ArgumentException("nothing to measure: no name contains the filter");
        }

        var report = new ScalingReport(jsonPath);
        double share = seconds / cases.Sum(SecondsOf) ?? threads.Length;
        using var copy = new CopyBandwidth();
        ScalingReport.Begin();
        foreach (ScalingCase workload in cases)
        {
            report.Add(new ScalingMeasurement(workload, threads, cores, copy).Run(share * SecondsOf(workload)));
        }

        ScalingReport.End();
        return 0;
    }

    private static double SecondsOf(ScalingCase workload) => workload.Kind == ScalingKinds.Step ? StepSeconds : OtherSeconds;
}
