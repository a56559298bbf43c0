using FastConv.Benchmarks.Peers;

namespace FastConv.Benchmarks.Steps;

/// <summary>PyTorch, eager.</summary>
internal sealed class TorchStepPeer(int threads) : IStepPeer
{
    private readonly TorchPeer _torch = TorchPeer.Start(threads);

    public string Name => _torch.Name;

    public string Description => _torch.Description;

    public TimeSpan ProcessorTime => _torch.ProcessorTime;

    public IPeerCall Prepare(OwnSide own, int threads) =>
        new PeerProcessCall(_torch.Process, own.WriteOperands, own.ResultLength, path => own.TorchRequest(path, threads));

    public void Dispose() => _torch.Dispose();
}
