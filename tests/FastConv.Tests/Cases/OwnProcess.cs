using System.Diagnostics;
using System.Reflection;

namespace FastConv.Tests.Cases;

/// <summary>This assembly, or another one, as a program of its own.</summary>
internal static class OwnProcess
{
    public static Process Start(params string[] arguments) => Start([], arguments);

    /// <param name="variables">Of the environment, as NAME=VALUE, besides those of this process.</param>
    /// <param name="arguments">What <see cref="Program"/> takes.</param>
    public static Process Start(string[] variables, params string[] arguments) => Start(typeof(Program).Assembly, variables, arguments);

    /// <param name="assembly">Another program.</param>
    /// <param name="arguments">What it takes.</param>
    public static Process StartAssembly(Assembly assembly, params string[] arguments) => Start(assembly, [], arguments);

    /// <summary>The same, to its end.</summary>
    public static (int ExitCode, string[] Lines, string Error) Run(string[] variables, params string[] arguments)
    {
        using Process process = Start(variables, arguments);
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output.Split('\n', StringSplitOptions.RemoveEmptyEntries), error.Result);
    }

    private static Process Start(Assembly assembly, string[] variables, string[] arguments)
    {
        string host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } named ? named : "dotnet";
        var start = new ProcessStartInfo(host, [assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string variable in variables)
        {
            string[] parts = variable.Split('=');
            start.Environment[parts[0]] = parts[1];
        }

        return Process.Start(start)!;
    }
}
