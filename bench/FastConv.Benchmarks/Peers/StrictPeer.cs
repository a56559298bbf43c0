using FastConv.Primitives;

namespace FastConv.Benchmarks.Peers;

/// <summary>FastConv itself at <see cref="ConvolutionPrecision.Strict"/>: what the choice of Winograd gains, or costs.</summary>
internal sealed class StrictPeer : IWorkloadPeer
{
    private static readonly ConvolutionOptions Options = new() { Precision = ConvolutionPrecision.Strict };

    public string Name => PeerNames.Strict;

    public string Description => "FastConv, every output one sum of its products";

    public IPeerCall Prepare(Workload workload, Operands operands, int threads) => new Call((ConvolutionWorkload)workload, operands);

    public void Dispose()
    {
        // Its threads are FastConv's.
    }

    private sealed class Call(ConvolutionWorkload workload, Operands operands) : IPeerCall
    {
        public double Run(int calls) => Turns.Time(() => workload.Run(operands, Options, default), calls);

        public void ReadResult(Span<float> result)
        {
            operands.Result.Span.Clear();
            Run(calls: 1);
            operands.Result.Span.CopyTo(result);
        }

        public void Dispose()
        {
            // The operands belong to the measurement.
        }
    }
}
