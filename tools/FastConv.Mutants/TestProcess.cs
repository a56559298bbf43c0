using System.Diagnostics;

namespace FastConv.Mutants;

/// <summary>Runs the tests of a copy in a process of their own, up to the first failure.</summary>
internal static class TestProcess
{
    /// <summary>The failure of a process that did not end.</summary>
    public const string Timeout = "timeout";

    // A mutant may loop, or ask for all memory that there is.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(180);
    private const string LargestHeap = "0x140000000";

    /// <param name="folder">Where the copy is.</param>
    /// <param name="classes">A pattern over full names of test classes.</param>
    /// <param name="environment">A variable that switches instruction sets off, as NAME=VALUE, or none.</param>
    /// <returns>What gave the change away, or null where all tests passed.</returns>
    public static string? Failure(string folder, string classes, string environment = "")
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
        if (!process.WaitForExit(Longest))
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            return Timeout;
        }

        string last = output.Result.TrimEnd().Split('\n')[^1];
        return process.ExitCode switch
        {
            0 when last.StartsWith("passed ", StringComparison.Ordinal) => null,
            1 => last,
            2 => throw new InvalidOperationException($"the tests did not run: {output.Result}{error.Result}"),
            int code => $"the process ended with {code}",
        };
    }
}
