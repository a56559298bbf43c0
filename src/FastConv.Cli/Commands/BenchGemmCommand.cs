using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using FastConv.Cli.Measurement;
using FastConv.Cli.Reports;
using FastConv.Parallelism;
using FastConv.Simd;

namespace FastConv.Cli.Commands;

/// <summary><c>fastconv bench gemm</c>: the matrix product beside the machine's limit.</summary>
internal static class BenchGemmCommand
{
    private const int DefaultSize = 1024;
    private const int LargestSize = 16384;
    private const double DefaultSeconds = 3;

    public static Command Create(Terminal terminal)
    {
        Option<int?> size = ValueOptions.Whole("--size", $"Rows and columns of the square matrices ({DefaultSize})", 1, LargestSize);
        Option<int?> threads = ValueOptions.Whole("--threads", "Threads (1)", 1, ThreadSettings.Limit);
        Option<double?> seconds = ValueOptions.Positive("--seconds", $"How long to measure, after warming up ({DefaultSeconds:0})");
        Option<bool> json = ValueOptions.Json();
        var command = new Command("gemm", "Measure the matrix product and this machine's multiply-add limit, in turns.") { size, threads, seconds, json };
        command.SetAction((parsed, cancellationToken) =>
        {
            GemmReport report = Measure(
                parsed.GetValue(size) ?? DefaultSize, parsed.GetValue(threads) ?? 1, parsed.GetValue(seconds) ?? DefaultSeconds, cancellationToken);
            terminal.Output.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(report, ReportJson.Default.GemmReport) : Table(report));
            return Task.FromResult(ExitCode.Success);
        });
        return command;
    }

    private static GemmReport Measure(int size, int threads, double seconds, CancellationToken cancellationToken)
    {
        using var limit = new ThreadLimit(threads);
        var measured = GemmMeasurement.Run(size, threads, seconds, cancellationToken);
        return new GemmReport(
            size,
            threads,
            seconds,
            measured.Gemm.Count,
            MachineLimits.InstructionSet,
            measured.Limit.Best,
            measured.Limit.Median,
            measured.Gemm.Best,
            measured.Gemm.Median,
            measured.Ratio);
    }

    private static string Table(GemmReport report) => string.Create(CultureInfo.InvariantCulture, $"""
        {report.Size} x {report.Size} x {report.Size}, {report.Threads} {(report.Threads == 1 ? "thread" : "threads")}, {report.InstructionSet}, {report.Runs} runs

        GFLOP/s                   best    median
        multiply-add limit  {report.LimitBest,10:F1}{report.LimitMedian,10:F1}
        Gemm.Multiply       {report.GemmBest,10:F1}{report.GemmMedian,10:F1}
        ratio               {report.Ratio * 100,10:F1} %
        """);
}
