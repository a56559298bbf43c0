using System.CommandLine;
using System.CommandLine.Invocation;

namespace FastConv.Benchmarks.Peers;

/// <summary>Runs a verb of this program: what is wrong with arguments and files becomes a line and an exit code.</summary>
internal static class BenchmarkVerb
{
    private const int Refused = 2;

    /// <summary>The exit code of the command, 2 for wrong arguments.</summary>
    public static int Run(Command command, string[] args)
    {
        try
        {
            var root = new RootCommand("Benchmarks of FastConv.") { command };
            ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (parsed.Action is ParseErrorAction)
            {
                throw new ArgumentException(parsed.Errors[0].Message);
            }

            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception exception) when (exception is ArgumentException or IOException or InvalidDataException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{command.Name}: {exception.Message}");
            return Refused;
        }
    }
}
