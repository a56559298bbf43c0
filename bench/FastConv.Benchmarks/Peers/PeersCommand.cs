using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Globalization;
using FastConv.Parallelism;

namespace FastConv.Benchmarks.Peers;

/// <summary>The verb <c>peers</c>: FastConv beside other engines, row by row in turns.</summary>
internal static class PeersCommand
{
    public const string Verb = "peers";

    private const int Refused = 2;
    private const string AllPasses = "all";

    /// <summary>Exit code 0, 1 if there is no peer or a row failed, 2 for wrong arguments.</summary>
    public static int Run(string[] args)
    {
        try
        {
            var root = new RootCommand("Benchmarks of FastConv.") { Create() };
            ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (parsed.Action is ParseErrorAction)
            {
                throw new ArgumentException(parsed.Errors[0].Message);
            }

            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception exception) when (exception is ArgumentException or IOException or InvalidDataException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"peers: {exception.Message}");
            return Refused;
        }
    }

    private static Command Create()
    {
        string[] passes = [.. Enum.GetValues<ConvolutionPassName>().Select(pass => pass.ToText())];
        string gemmSets = string.Join(", ", GemmSets.Names);
        string peerNames = string.Join(", ", PeerNames.All);
        Option<string[]?> sets = List(
            "--set", "NAME[,NAME..]", $"Sets of the shape file, {gemmSets}, or {PeersPlan.AllSets} (source,{GemmSets.Layers})", Name);
        Option<string[]?> pass = List(
            "--pass", "PASS[,PASS..]", $"{string.Join(", ", passes)} or {AllPasses} ({AllPasses})", text => OneOf(text, [.. passes, AllPasses]));
        Option<int[]?> threads = List("--threads", "N[,N..]", "Threads of both sides (1)", text => Whole(text, ThreadSettings.Limit));
        Option<int[]?> batch = List("--batch", "N", $"Images of a convolution ({PeersOptions.DefaultBatch})", text => Whole(text, 1 << 16));
        Option<string[]?> peers = List(
            "--peer",
            "PEER[,PEER..]",
            $"{peerNames} (matrix products: all that do them, convolutions: {PeerNames.Torch})",
            text => OneOf(text, PeerNames.All));
        Option<double[]?> seconds = List("--seconds", "N", "Time for the whole table, in equal parts for its rows (2 s a row)", Positive);
        var json = new Option<string?>("--json") { HelpName = "FILE", Description = "Write the rows as a JSON array" };
        var filter = new Option<string?>("--filter") { HelpName = "TEXT", Description = "Only rows whose name contains it" };
        var shapes = new Option<string?>("--shapes") { HelpName = "FILE", Description = "Another shape file" };
        var command = new Command(Verb, "Measure FastConv and other engines in turns, on the same operands.")
        {
            sets, pass, threads, batch, peers, seconds, json, filter, shapes,
        };
        command.SetAction(parsed => PeersRun.Run(new PeersOptions
        {
            Sets = parsed.GetValue(sets) ?? [],
            Passes = parsed.GetValue(pass) is { } chosen && !chosen.Contains(AllPasses) ? chosen : [],
            Threads = parsed.GetValue(threads) is [_, ..] counts ? counts : [1],
            Batch = parsed.GetValue(batch) is [var images] ? images : PeersOptions.DefaultBatch,
            Peers = parsed.GetValue(peers) ?? [],
            Seconds = parsed.GetValue(seconds) is [var time] ? time : null,
            JsonPath = parsed.GetValue(json),
            Filter = parsed.GetValue(filter) ?? "",
            ShapesPath = parsed.GetValue(shapes) ?? ShapeFile.DefaultPath,
        }));
        return command;
    }

    // Values between commas, each checked; no array or an empty one where the option is not given. An option whose help shows one value takes one.
    private static Option<T[]?> List<T>(string name, string helpName, string description, Func<string, T> parse)
    {
        bool isSingle = !helpName.Contains(',', StringComparison.Ordinal);
        return new Option<T[]?>(name)
        {
            HelpName = helpName,
            Description = description,
            Arity = ArgumentArity.ExactlyOne,
            CustomParser = (ArgumentResult result) =>
            {
                try
                {
                    string text = result.Tokens[0].Value;
                    return isSingle ? [parse(text)] : [.. text.Split(',', StringSplitOptions.TrimEntries).Select(parse).Distinct()];
                }
                catch (FormatException exception)
                {
                    result.AddError($"{name} expects {exception.Message}, received '{result.Tokens[0].Value}'");
                    return null;
                }
            },
        };
    }

    private static string Name(string text) => text.Length > 0 ? text : throw new FormatException("names");

    private static string OneOf(string text, IReadOnlyList<string> known) =>
        known.Contains(text) ? text : throw new FormatException($"some of {string.Join(", ", known)}");

    private static int Whole(string text, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= 1 && value <= most
            ? value
            : throw new FormatException($"whole numbers from 1 to {most}");

    private static double Positive(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) && value > 0
            ? value
            : throw new FormatException("a finite number above 0");
}
