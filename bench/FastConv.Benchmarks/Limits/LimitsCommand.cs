using System.CommandLine;
using FastConv.Benchmarks.Peers;

namespace FastConv.Benchmarks.Limits;

/// <summary>The verb <c>limits</c>: what the machine can do at most, and what FastConv chooses on it, by instruction-set tier.</summary>
internal static class LimitsCommand
{
    public const string Verb = "limits";

    public const string SecondsOption = "--seconds";

    /// <summary>How this program tells a child of its own to measure the tier that its environment leaves it.</summary>
    public const string TierOption = "--tier";

    private const double DefaultSeconds = 2;

    /// <summary>Exit code 0, 2 for wrong arguments.</summary>
    public static int Run(string[] args) => BenchmarkVerb.Run(Create(), args);

    private static Command Create()
    {
        Option<double[]?> seconds = ListOption.Create(SecondsOption, "N", $"Time for a tier ({DefaultSeconds})", ListOption.Positive);
        var json = new Option<string?>("--json") { HelpName = "FILE", Description = "Write the tiers as a JSON array" };
        var tier = new Option<string?>(TierOption) { HelpName = "SWITCH", Hidden = true };
        var command = new Command(Verb, "Measure the multiply-add and copy ceilings, and tell caches, kernels and block sizes.") { seconds, json, tier };
        command.SetAction(parsed =>
        {
            double time = parsed.GetValue(seconds) is [var given] ? given : DefaultSeconds;
            return parsed.GetValue(tier) is { } own ? LimitsRun.RunAlone(own, time) : LimitsRun.Run(parsed.GetValue(json), time);
        });
        return command;
    }
}
