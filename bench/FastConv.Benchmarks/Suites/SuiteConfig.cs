using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.ConsoleArguments;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;

namespace FastConv.Benchmarks.Suites;

/// <summary>What all suites have in common: columns, allocated bytes, and a job for every tier of instruction sets that is asked for.</summary>
internal sealed class SuiteConfig : ManualConfig
{
    private const int LongestCall = 60;

    /// <param name="args">The command line. Its job is the one that tiers are made of.</param>
    /// <param name="tiers">Of <see cref="InstructionSetTiers"/>.</param>
    public SuiteConfig(string[] args, string[] tiers)
    {
        Add(DefaultConfig.Instance);
        AddDiagnoser(MemoryDiagnoser.Default);
        AddColumn(WorkColumn.All);
        HideColumns(Column.RatioSD, Column.AllocRatio);
        WithSummaryStyle(SummaryStyle.Default.WithMaxParameterColumnWidth(LongestCall).WithRatioStyle(RatioStyle.Trend));
        if (tiers is not [])
        {
            AddJob([.. JobsOf(args).SelectMany(job => InstructionSetTiers.Expand(job, tiers))]);
        }
    }

    // BenchmarkDotNet adds the command line's job by itself, and keeps one of two jobs that are alike.
    private static Job[] JobsOf(string[] args) =>
        ConfigParser.Parse(args, NullLogger.Instance) is { isSuccess: true, config: { } config } && config.GetJobs().ToArray() is [_, ..] jobs
            ? jobs
            : [Job.Default];
}
