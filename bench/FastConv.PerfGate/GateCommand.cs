using System.CommandLine;
using FastConv.Benchmarks.Peers;

namespace FastConv.PerfGate;

/// <summary>The command line of the gate.</summary>
internal static class GateCommand
{
    private const string Name = "perfgate";
    private const int MostRuns = 1000;

    /// <summary>Exit code 0, 1 where a kernel regressed, 2 for wrong arguments.</summary>
    public static int Run(string[] args) => BenchmarkVerb.Run(Create(), [Name, .. args]);

    private static Command Create()
    {
        string names = string.Join(",", GateLayers.Names);
        Option<string[]?> layers = ListOption.Create("--layer", "LAYER[,LAYER..]", $"Only these ({names})", text => ListOption.OneOf(text, GateLayers.Names));
        var kernel = new Option<string?>("--kernel") { HelpName = "TEXT", Description = "Only kernels whose name contains it" };
        var update = new Option<bool>("--update") { Description = "Write the baselines and say by how much they moved" };
        Option<int[]?> runs = ListOption.Create(
            "--runs", "N", $"Runs that floors are made from, with --update ({GateOptions.FewestRuns})", text => ListOption.Whole(text, MostRuns));
        var json = new Option<string?>("--json") { HelpName = "FILE", Description = "Write the rows as a JSON array" };
        var markdown = new Option<string?>("--markdown") { HelpName = "FILE", Description = "Write a summary in Markdown" };
        var baselines = new Option<string?>("--baselines") { HelpName = "FOLDER", Description = "Where the baselines are (bench/baselines)" };
        var command = new Command(Name, "Hold code, allocations, work and speed of the kernels to what they were.")
        {
            layers, kernel, update, runs, json, markdown, baselines,
        };
        command.SetAction(parsed =>
        {
            bool updates = parsed.GetValue(update);
            int? count = parsed.GetValue(runs) is [var given] ? given : null;
            if (count is not null && !updates)
            {
                throw new ArgumentException("--runs needs --update");
            }

            if (count < GateOptions.FewestRuns)
            {
                throw new ArgumentException($"--runs expects {GateOptions.FewestRuns} or more, received {count}");
            }

            return GateRun.Run(new GateOptions
            {
                Layers = parsed.GetValue(layers) ?? [],
                Filter = parsed.GetValue(kernel) ?? "",
                Updates = updates,
                Runs = count ?? GateOptions.FewestRuns,
                JsonPath = parsed.GetValue(json),
                MarkdownPath = parsed.GetValue(markdown),
                BaselinesPath = parsed.GetValue(baselines) ?? Baseline.FindFolder(),
            });
        });
        return command;
    }
}
