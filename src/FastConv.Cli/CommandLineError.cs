using System.CommandLine;
using System.CommandLine.Parsing;

namespace FastConv.Cli;

/// <summary>The one place that decides which exceptions are the user's to mend, and says them in one line.</summary>
internal static class CommandLineError
{
    /// <summary>Whether the exception tells of wrong input (files, values, options), not of a defect.</summary>
    public static bool IsExpected(Exception exception) => exception
        is CommandLineException
        or ArgumentException
        or IOException // among them: file not found, folder not found
        or InvalidDataException
        or UnauthorizedAccessException
        or NotFiniteNumberException
        or DllNotFoundException // a codec that the system does not have
        or OutOfMemoryException;

    /// <summary>One line, without what only a programmer can use, and without a full stop.</summary>
    public static string Describe(Exception exception)
    {
        string message = exception switch
        {
            OutOfMemoryException => "there is not enough memory for this; smaller batches or fewer samples need less",
            ArgumentException { ParamName: { } parameter } => exception.Message.Replace($" (Parameter '{parameter}')", "", StringComparison.Ordinal),
            _ => exception.Message,
        };
        return string.Join(' ', message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).TrimEnd('.');
    }

    /// <summary>The first thing that is wrong with a command line; for a word that nobody knows, with the nearest that is known.</summary>
    public static string Describe(ParseResult parsed)
    {
        if (parsed.UnmatchedTokens is not [string unmatched, ..])
        {
            return parsed.Errors[0].Message.TrimEnd('.');
        }

        Command command = parsed.CommandResult.Command;
        IEnumerable<string> known = command.Subcommands.Select(inner => inner.Name).Concat(command.Options.Select(option => option.Name));
        string path = Path(parsed.CommandResult);
        return $"'{unmatched}' is neither a command nor an option of '{path}'{NearestName.Suggest(unmatched, known)}; '{path} --help' lists them";
    }

    private static string Path(SymbolResult result) => result switch
    {
        CommandResult { Parent: { } parent, Command.Name: string name } => $"{Path(parent)} {name}",
        _ => "fastconv",
    };
}
