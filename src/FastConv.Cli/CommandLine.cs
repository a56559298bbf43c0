using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using FastConv.Cli.Commands;

namespace FastConv.Cli;

/// <summary>The <c>fastconv</c> command: its commands, and what becomes of their errors.</summary>
internal static class CommandLine
{
    /// <summary>Runs one command line and returns the exit code. The only exceptions that leave it are those of defects.</summary>
    public static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellationToken = default)
    {
        try
        {
            ParseResult parsed = Root(terminal).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (parsed.Action is ParseErrorAction)
            {
                throw new CommandLineException(CommandLineError.Describe(parsed));
            }

            var configuration = new InvocationConfiguration
            {
                Output = terminal.Output,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            return await parsed.InvokeAsync(configuration, cancellationToken);
        }
        catch (OperationCanceledException exception)
        {
            await terminal.Error.WriteLineAsync(exception is RunStoppedException ? $"fastconv: {exception.Message}" : "fastconv: stopped");
            return ExitCode.Interrupted;
        }
        catch (Exception exception) when (CommandLineError.IsExpected(exception))
        {
            await terminal.Error.WriteLineAsync($"fastconv: {CommandLineError.Describe(exception)}");
            return ExitCode.Refused;
        }
    }

    private static RootCommand Root(Terminal terminal)
    {
        var root = new RootCommand("FastConv trains convolutional networks, in C# and nothing else.")
        {
            TrainCommand.Create(terminal),
            EvaluateCommand.Create(terminal),
            PredictCommand.Create(terminal),
            SummaryCommand.Create(terminal),
            InspectCommand.Create(terminal),
            new Command("bench", "Measure this machine and FastConv on it.") { BenchGemmCommand.Create(terminal) },
        };
        ShowHelpAlone(root);
        return root;
    }

    // A command that only holds others shows what they are. An action of its own, since a HelpAction would also swallow wrong words.
    private static void ShowHelpAlone(Command command)
    {
        if (command.Action is null)
        {
            command.SetAction(parsed => new HelpAction().Invoke(parsed));
        }

        foreach (Command inner in command.Subcommands)
        {
            ShowHelpAlone(inner);
        }
    }
}
