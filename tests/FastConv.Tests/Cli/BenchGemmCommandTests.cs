using System.Text.Json;
using FastConv.Cli.Measurement;
using FastConv.Parallelism;
using FastConv.Simd;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Cli;

[Collection(ThreadCases.Collection)]
public sealed class BenchGemmCommandTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Json_has_both_speeds_and_their_ratio(int threads)
    {
        int before = ThreadSettings.MaxThreads;
        CommandRun run = await CommandRun.Run("bench", "gemm", "--size", "48", "--threads", $"{threads}", "--seconds", "0.02", "--json");
        Assert.Equal("", run.Error);
        Assert.Equal(before, ThreadSettings.MaxThreads);
        JsonElement report = run.Json();
        Assert.Equal(48, report.GetProperty("size").GetInt32());
        Assert.Equal(threads, report.GetProperty("threads").GetInt32());
        Assert.Equal(MachineLimits.InstructionSet, report.GetProperty("instructionSet").GetString());
        double limit = report.GetProperty("limitBest").GetDouble();
        double gemm = report.GetProperty("gemmBest").GetDouble();
        Assert.InRange(report.GetProperty("limitMedian").GetDouble(), 1e-3, limit);
        Assert.InRange(report.GetProperty("gemmMedian").GetDouble(), 1e-6, gemm);
        Assert.Equal(gemm / limit, report.GetProperty("ratio").GetDouble(), 1e-9);
    }

    [Fact]
    public async Task The_table_has_both_speeds_and_their_ratio()
    {
        CommandRun run = await CommandRun.Run("bench", "gemm", "--size", "16", "--seconds", "0.01");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("16 x 16 x 16, 1 thread", run.Output);
        Assert.Contains("multiply-add limit", run.Output);
        Assert.Contains("ratio", run.Output);
        Assert.Equal("", run.Error);
    }

    [Fact]
    public async Task It_stops_when_told_to()
    {
        CommandRun run = await CommandRun.Run(new CancellationToken(canceled: true), "bench", "gemm", "--size", "16");
        Assert.Equal(130, run.ExitCode);
        Assert.Equal("", run.Output);
        Assert.Equal("fastconv: stopped\n", run.Error);
    }

    [Fact]
    public void Best_and_median_are_those_of_the_values()
    {
        var samples = new Samples();
        samples.Add(3);
        Assert.Equal((3, 3, 1), (samples.Best, samples.Median, samples.Count));
        samples.Add(9);
        Assert.Equal((9, 6, 2), (samples.Best, samples.Median, samples.Count));
        samples.Add(1);
        Assert.Equal((9, 3, 3), (samples.Best, samples.Median, samples.Count));
    }
}
