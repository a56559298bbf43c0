using System.Diagnostics;

namespace FastConv.PerfGate;

/// <summary>What a child of this program prints.</summary>
internal static class ChildLines
{
    /// <summary>Its lines, once it has ended.</summary>
    /// <exception cref="IOException">It failed.</exception>
    public static string[] Read(ProcessStartInfo start)
    {
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            : throw new IOException($"a process of this program ended with {process.ExitCode}");
    }
}
