using System.Text.Json;
using FastConv.Cli;
using Spectre.Console;

namespace FastConv.Tests.Cases;

/// <summary>What a command line wrote and ended with, run in this process.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    /// <summary>
    /// The words as a shell would pass them; output and errors as if redirected. A training that does not say where leaves its folder in one of its own, which is
    /// deleted.
    /// </summary>
    public static Task<CommandRun> Run(params string[] args) => Run(CancellationToken.None, args);

    public static Task<CommandRun> Run(CancellationToken cancellationToken, params string[] args) =>
        Run(new StringWriter(), live: null, cancellationToken, args);

    /// <summary>The same with a writer of one's own for the output, and a screen that draws on it.</summary>
    public static async Task<CommandRun> Run(StringWriter output, IAnsiConsole? live, CancellationToken cancellationToken, params string[] args)
    {
        using var error = new StringWriter();
        using var folder = new TemporaryFolder();
        bool needsFolder = args is ["train", ..] && !args.Contains("--output") && !args.Contains("--resume") && !args.Contains("--help");
        int exitCode = await CommandLine.RunAsync(needsFolder ? ["train", "--output", folder["run"], .. args[1..]] : args, new Terminal(output, error, live), cancellationToken);
        return new CommandRun(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>The command succeeded; its output is one line of JSON.</summary>
    public JsonElement Json()
    {
        Assert.Equal((0, 1), (ExitCode, Output.Count(letter => letter == '\n')));
        using var document = JsonDocument.Parse(Output);
        return document.RootElement.Clone();
    }

    /// <summary>The command was refused: exit code 2, nothing on the output, and one line that has all of these parts.</summary>
    public void AssertRefused(params ReadOnlySpan<string> parts)
    {
        Assert.Equal(1, Error.Count(letter => letter == '\n'));
        AssertRefusedAfterProgress(parts);
    }

    /// <summary>The same, the last line being the one, after others that told of progress.</summary>
    public void AssertRefusedAfterProgress(params ReadOnlySpan<string> parts)
    {
        Assert.Equal((2, ""), (ExitCode, Output));
        Assert.EndsWith("\n", Error);
        string line = Error.TrimEnd('\n').Split('\n')[^1];
        Assert.StartsWith("fastconv: ", line);
        foreach (string part in parts)
        {
            Assert.Contains(part, line);
        }

        Assert.DoesNotContain("   at ", Error);
        Assert.DoesNotContain("Exception", Error);
        Assert.DoesNotContain("(Parameter", Error);
    }
}
