using System.CommandLine;
using FastConv.Parallelism;

namespace FastConv.Benchmarks.Peers;

/// <summary>The verb <c>peers</c>: FastConv beside other engines, row by row in turns.</summary>
internal static class PeersCommand
{
    public const string Verb = "peers";

    private const string AllPasses = "all";
    private const string OwnBatch = "own";
    private const int MostImages = 1 << 16;

    /// <summary>Exit code 0, 1 if there is no peer or a row failed, 2 for wrong arguments.</summary>
    public static int Run(string[] args) => BenchmarkVerb.Run(Create(), args);

    private static Command Create()
    {
        string[] passes = [.. Enum.GetValues<ConvolutionPassName>().Select(pass => pass.ToText())];
        string gemmSets = string.Join(", ", GemmSets.Names);
        string peerNames = string.Join(", ", PeerNames.All);
        Option<string[]?> sets = ListOption.Create(
            "--set", "NAME[,NAME..]", $"Sets of the shape file, {gemmSets}, or {PeersPlan.AllSets} (source,{GemmSets.Layers})", ListOption.Name);
        Option<string[]?> pass = ListOption.Create(
            "--pass", "PASS[,PASS..]", $"{string.Join(", ", passes)} or {AllPasses} ({AllPasses})", text => ListOption.OneOf(text, [.. passes, AllPasses]));
        Option<int[]?> threads = ListOption.Create("--threads", "N[,N..]", "Threads of both sides (1)", text => ListOption.Whole(text, ThreadSettings.Limit));
        Option<int[]?> batch = ListOption.Create("--batch", "N", $"Images of a convolution, or {OwnBatch}: as in the shape file ({PeersOptions.DefaultBatch})", BatchOf);
        Option<string[]?> peers = ListOption.Create(
            "--peer",
            "PEER[,PEER..]",
            $"{peerNames} (matrix products: all that do them, convolutions: {PeerNames.Torch})",
            text => ListOption.OneOf(text, PeerNames.All));
        Option<double[]?> seconds = ListOption.Create("--seconds", "N", "Time for the whole table, in equal parts for its rows (2 s a row)", ListOption.Positive);
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

    private static int BatchOf(string text) => text == OwnBatch ? PeersOptions.OwnBatch : ListOption.Whole(text, MostImages);
}
