using System.CommandLine;
using FastConv.Benchmarks.Peers;
using FastConv.Parallelism;

namespace FastConv.Benchmarks.Steps;

/// <summary>The verb <c>steps</c>: everything of a training step that is no convolution, whole steps and predictions, beside other engines.</summary>
internal static class StepsCommand
{
    public const string Verb = "steps";

    private const string FolderOption = "--onnxruntime";

    /// <summary>Exit code 0, 1 if a row failed, 2 for wrong arguments.</summary>
    public static int Run(string[] args) => BenchmarkVerb.Run(Create(), args);

    private static Command Create()
    {
        string[] peerNames = [.. StepPeers.All, StepPeers.Nobody];
        Option<string[]?> kinds = ListOption.Create(
            "--kind", "KIND[,KIND..]", $"{string.Join(", ", StepKinds.All)} (all)", text => ListOption.OneOf(text, StepKinds.All));
        Option<int[]?> threads = ListOption.Create(
            "--threads", "N[,N..]", "Threads of both sides (1)", text => ListOption.Whole(text, ThreadSettings.Limit));
        Option<int[]?> batch = ListOption.Create("--batch", "N", "Images (each row's own)", text => ListOption.Whole(text, 1 << 16));
        Option<string[]?> peers = ListOption.Create(
            "--peer", "PEER[,PEER..]", $"{string.Join(", ", peerNames)} ({string.Join(",", StepPeers.All)})", text => ListOption.OneOf(text, peerNames));
        Option<double[]?> seconds = ListOption.Create(
            "--seconds", "N", "Time for the whole table, shared as its rows need it (2 s an operation, 3 s a prediction, 8 s a step)", ListOption.Positive);
        var json = new Option<string?>("--json") { HelpName = "FILE", Description = "Write the rows as a JSON array" };
        var filter = new Option<string?>("--filter") { HelpName = "TEXT", Description = "Only rows whose name contains it" };
        var folder = new Option<string?>(FolderOption)
        {
            HelpName = "FOLDER",
            Description = $"Where npm installed onnxruntime-node ({OnnxRuntimePeer.FolderVariable} in the environment)",
        };
        var memoryOf = new Option<string?>(PeakMemory.Option) { HelpName = "MODEL", Hidden = true };
        var command = new Command(Verb, "Measure FastConv and other engines in turns: operations, training steps, predictions.")
        {
            kinds, filter, threads, batch, peers, seconds, json, folder, memoryOf,
        };
        command.SetAction(parsed =>
        {
            var options = new StepsOptions
            {
                Kinds = parsed.GetValue(kinds) ?? [],
                Peers = parsed.GetValue(peers) is [_, ..] chosen ? chosen : StepPeers.All,
                Threads = parsed.GetValue(threads) is [_, ..] counts ? counts : [1],
                Batch = parsed.GetValue(batch) is [var images] ? images : null,
                Seconds = parsed.GetValue(seconds) is [var time] ? time : null,
                JsonPath = parsed.GetValue(json),
                Filter = parsed.GetValue(filter) ?? "",
                OnnxRuntimeFolder = parsed.GetValue(folder) ?? Environment.GetEnvironmentVariable(OnnxRuntimePeer.FolderVariable),
            };
            return parsed.GetValue(memoryOf) is { } model ? PeakMemory.RunAlone(model, options.Batch, options.Threads[0]) : StepsRun.Run(options);
        });
        return command;
    }
}
