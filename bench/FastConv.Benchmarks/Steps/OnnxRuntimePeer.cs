using FastConv.Benchmarks.Peers;

namespace FastConv.Benchmarks.Steps;

/// <summary>
/// ONNX Runtime through its package for Node.js, in a process of its own. PyTorch writes the files that it reads. What the binding costs a
/// call, some tens of microseconds, is in its time, as Python's is in PyTorch's.
/// </summary>
internal sealed class OnnxRuntimePeer : IStepPeer
{
    /// <summary>Names the folder where no option does.</summary>
    public const string FolderVariable = "FASTCONV_ONNXRUNTIME";

    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "Steps", "onnxruntime_peer.js");

    private readonly PeerProcess _node;
    private readonly TorchPeer _exporter;

    /// <param name="folder">Where the package was installed; null to look where Node.js does.</param>
    /// <exception cref="PeerException">No Node.js, no such package in the folder, or no PyTorch.</exception>
    public OnnxRuntimePeer(string? folder)
    {
        string modules = folder is null ? Environment.GetEnvironmentVariable("NODE_PATH") ?? "" : Path.Combine(Path.GetFullPath(folder), "node_modules");
        _node = PeerProcess.TryStart(StepPeers.OnnxRuntime, "node", [Script], ("NODE_PATH", modules))
            ?? throw new PeerException($"node does not find onnxruntime-node {(modules is "" ? $"(set --onnxruntime or {FolderVariable})" : $"in {modules}")}");
        try
        {
            _exporter = TorchPeer.Start(threads: 1);
        }
        catch (PeerException exception)
        {
            _node.Dispose();
            throw new PeerException($"its files are written by torch, and {exception.Message}");
        }
    }

    // Its threads were seen to spin for 36 to 41 ms after a run.
    public TimeSpan? Pause => TimeSpan.FromMilliseconds(50);

    public string Name => StepPeers.OnnxRuntime;

    public string Description => _node.Greeting;

    public TimeSpan ProcessorTime => _node.ProcessorTime + _exporter.ProcessorTime;

    public IPeerCall Prepare(OwnSide own, int threads)
    {
        var network = (NetworkSide)own;
        string onnxPath = Path.GetTempFileName();
        try
        {
            return new PeerProcessCall(_node, own.WriteOperands, own.ResultLength, path =>
            {
                _exporter.Process.Ask(network.ExportRequest(path, onnxPath));
                return new { verb = "prepare", path, onnxPath, threads, input = network.Input.Shape.Dimensions.ToArray() };
            });
        }
        finally
        {
            File.Delete(onnxPath);
        }
    }

    public void Dispose()
    {
        _node.Dispose();
        _exporter.Dispose();
    }
}
