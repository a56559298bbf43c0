using BenchmarkDotNet.Jobs;

namespace FastConv.Benchmarks.Suites;

/// <summary>Jobs with instruction sets switched off, as the runtime's environment variables do.</summary>
internal static class InstructionSetTiers
{
    /// <summary>Names of tiers, separated by commas. Each is measured beside all that the CPU has.</summary>
    public const string EnvironmentVariable = "FASTCONV_BENCH_TIERS";

    private static readonly Dictionary<string, string> SwitchedOff = new()
    {
        ["no-avx512"] = "DOTNET_EnableAVX512",
        ["no-avx2"] = "DOTNET_EnableAVX2",
        ["no-vectors"] = "DOTNET_EnableHWIntrinsic",
    };

    /// <summary>The tiers of the environment; none by default.</summary>
    /// <exception cref="ArgumentException">There is no such tier.</exception>
    public static string[] Chosen => ListVariable.Read(EnvironmentVariable, [], [.. SwitchedOff.Keys]);

    /// <summary>A job as it is, then once a tier.</summary>
    public static IEnumerable<Job> Expand(Job job, IEnumerable<string> tiers) =>
        tiers.Select(tier => job.UnfreezeCopy().WithEnvironmentVariable(SwitchedOff[tier], "0")).Prepend(job);
}
