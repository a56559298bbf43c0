using System.Diagnostics;
using System.Reflection;

namespace FastConv.Benchmarks.Peers;

/// <summary>This program again, with other arguments.</summary>
internal static class OwnProcess
{
    /// <summary>Ready to be started; its standard output is read.</summary>
    public static ProcessStartInfo Prepare(params IEnumerable<string> arguments)
    {
        // Under the command dotnet, the program is its argument.
        string program = Environment.ProcessPath!;
        string[] self = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [Assembly.GetEntryAssembly()!.Location] : [];
        return new ProcessStartInfo(program, [.. self, .. arguments]) { RedirectStandardOutput = true };
    }
}
