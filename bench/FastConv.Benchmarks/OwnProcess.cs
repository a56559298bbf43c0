using System.Diagnostics;
using System.Reflection;

namespace FastConv.Benchmarks;

/// <summary>This program as a child of itself, for what must be measured in a process of its own.</summary>
internal static class OwnProcess
{
    /// <summary>Ready to be started with other arguments; its standard output is read, errors go where this process's errors go.</summary>
    public static ProcessStartInfo Prepare(params IEnumerable<string> arguments)
    {
        // Under the command dotnet, the program is its argument.
        string program = Environment.ProcessPath!;
        string[] self = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [Assembly.GetEntryAssembly()!.Location] : [];
        return new ProcessStartInfo(program, [.. self, .. arguments]) { RedirectStandardOutput = true };
    }

    /// <summary>What it prints on standard output.</summary>
    /// <param name="arguments">Of the command line.</param>
    /// <param name="variables">Set in its environment.</param>
    public static string Run(IEnumerable<string> arguments, params ReadOnlySpan<(string Name, string Value)> variables)
    {
        ProcessStartInfo start = Prepare(arguments);
        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
