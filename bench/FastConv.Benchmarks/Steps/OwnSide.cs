using System.Runtime.InteropServices;
using FastConv.Tensors;

namespace FastConv.Benchmarks.Steps;

/// <summary>FastConv's side of a row, ready to run, and what a peer must know to do the same.</summary>
internal abstract class OwnSide
{
    /// <summary>What a peer reads, in this order, before the first call.</summary>
    public abstract IReadOnlyList<Tensor> Operands { get; }

    /// <summary>Floats of the result.</summary>
    public abstract int ResultLength { get; }

    /// <summary>One call.</summary>
    public abstract void Run();

    /// <summary>What the last call computed.</summary>
    public abstract void CopyResult(Span<float> result);

    /// <summary>The request that prepares PyTorch.</summary>
    public abstract object TorchRequest(string? path, int threads);

    public void WriteOperands(Stream file)
    {
        foreach (Tensor operand in Operands)
        {
            file.Write(MemoryMarshal.AsBytes(operand.Values));
        }
    }
}
