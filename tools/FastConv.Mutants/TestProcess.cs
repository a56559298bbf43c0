using System.Diagnostics;

namespace FastConv.Mutants;

/// <summary>Runs the tests of a copy in a process of their own, up to the first failure.</summary>
internal static class TestProcess
{
    /// <summary>The failure of a process that did not end.</summary>
    public const string Timeout = "timeout";

    // A mutant may wait for ever, or ask for all memory that there is.
    private static readonly TimeSpan LongestByTheClock = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.2);
    private const string LargestHeap = "0x140000000";

    /// <param name="folder">Where the copy is.</param>
    /// <param name="classes">A pattern over full names of test classes.</param>
    /// <param name="environment">A variable that switches instruction sets off, as NAME=VALUE, or none.</param>
    /// <param name="longest">Time of processors after which it loops without an end; what else the machine does is not counted.</param>
    public static TestOutcome Run(string folder, string classes, string environment, TimeSpan longest)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, "FastConv.Tests.dll"), "run-tests", classes])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        start.Environment["DOTNET_GCHeapHardLimit"] = LargestHeap;
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        if (environment.Split('=') is [{ } name, { } value])
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        var clock = Stopwatch.StartNew();
        TimeSpan used = TimeSpan.Zero;
        while (!process.WaitForExit(Pause))
        {
            used = process.TotalProcessorTime;
            if (used > longest || clock.Elapsed > LongestByTheClock)
            {
                process.Kill(entireProcessTree: true);
                process.WaitForExit();
                return new TestOutcome(Timeout, used);
            }
        }

        process.WaitForExit();
        return new TestOutcome(Failure(process.ExitCode, output.Result, error.Result), used);
    }

    private static string? Failure(int exitCode, string output, string error)
    {
        string last = output.TrimEnd().Split('\n')[^1];
        return exitCode switch
        {
            0 when last.StartsWith("passed ", StringComparison.Ordinal) => null,
            1 => last,
            2 => throw new InvalidOperationException($"the tests did not run: {output}{error}"),
            int code => $"the process ended with {code}",
        };
    }
}
