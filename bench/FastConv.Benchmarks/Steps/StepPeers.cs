using FastConv.Benchmarks.Peers;

namespace FastConv.Benchmarks.Steps;

/// <summary>The engines by the names that the command line knows.</summary>
internal static class StepPeers
{
    public const string OnnxRuntime = "onnxruntime";

    /// <summary>FastConv by itself, where there is nobody to compare with.</summary>
    public const string Nobody = "none";

    public static IReadOnlyList<string> All { get; } = [PeerNames.Torch, OnnxRuntime];

    /// <summary>ONNX Runtime only predicts.</summary>
    public static bool CanDo(string peer, string kind) => peer != OnnxRuntime || kind == StepKinds.Predict;

    public static string PackageOf(string peer) => peer == OnnxRuntime
        ? "onnxruntime-node (npm install --ignore-scripts onnxruntime-node)"
        : PeerNames.PackageOf(peer);

    /// <exception cref="PeerException">It is not on this machine.</exception>
    public static IStepPeer Open(string peer, int threads, string? onnxRuntimeFolder) =>
        peer == OnnxRuntime ? new OnnxRuntimePeer(onnxRuntimeFolder) : new TorchStepPeer(threads);
}
