using System.Diagnostics;

namespace FastConv.Tests.Cases;

/// <summary>Runs a script with the system's Python.</summary>
internal static class PythonRun
{
    public const string Interpreter = "/usr/bin/python3";
    public const string TorchFolder = "/usr/lib/python3/dist-packages/torch";

    /// <summary>What the script printed; an exit code other than 0 fails the test with what it said.</summary>
    public static string Output(string script, params string[] arguments) => OutputOf(["-c", script, .. arguments]);

    /// <summary>The same for a script in a file, which leaves no compiled modules beside it.</summary>
    public static string OutputOfFile(string path, params string[] arguments) => OutputOf(["-B", path, .. arguments]);

    private static string OutputOf(string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(Interpreter, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output + error.Result);
        return output;
    }
}
