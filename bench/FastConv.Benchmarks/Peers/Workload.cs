using FastConv.Parallelism;
using FastConv.Primitives;
using FastConv.Shapes;

namespace FastConv.Benchmarks.Peers;

/// <summary>One operation over two operands, the same for both sides of a comparison.</summary>
internal abstract class Workload(string set, string name, string pass, int batch)
{
    public string Set => set;

    public string Name => name;

    public string Pass => pass;

    public int Batch => batch;

    public abstract int FirstLength { get; }

    public abstract int SecondLength { get; }

    public abstract int ResultLength { get; }

    /// <summary>Floating-point operations of one call of the direct method, a multiply-add counted as two.</summary>
    public abstract double Flops { get; }

    /// <summary>A timed group of calls takes at least so long.</summary>
    public virtual double GroupSeconds => 1e-3;

    /// <summary>FastConv runs so long before it is timed, which tiered compilation needs.</summary>
    public virtual double WarmUpSeconds => 0.25;

    /// <summary>Time for a row, warm-up included, where the command line does not say.</summary>
    public virtual double RowSeconds => 2;

    /// <summary>One call of FastConv on <see cref="ThreadSettings.MaxThreads"/> threads.</summary>
    public abstract void Run(Operands operands);

    public override string ToString() => $"{set} {name} {pass}";
}

/// <summary>A pass of a convolution over NCHW tensors, without bias.</summary>
internal sealed class ConvolutionWorkload(string set, string name, Conv2dShape shape, ConvolutionPassName pass)
    : Workload(set, name, pass.ToText(), shape.Batch)
{
    public Conv2dShape Shape => shape;

    public ConvolutionPassName Direction => pass;

    public TensorShape FirstShape => pass == ConvolutionPassName.BackwardInput ? shape.OutputShape : shape.InputShape;

    public TensorShape SecondShape => pass == ConvolutionPassName.BackwardWeight ? shape.OutputShape : shape.WeightShape;

    public TensorShape ResultShape => pass switch
    {
        ConvolutionPassName.Forward => shape.OutputShape,
        ConvolutionPassName.BackwardInput => shape.InputShape,
        _ => shape.WeightShape,
    };

    public override int FirstLength => FirstShape.Length;

    public override int SecondLength => SecondShape.Length;

    public override int ResultLength => ResultShape.Length;

    public override double Flops => 2.0 * shape.MultiplyAdds;

    public override void Run(Operands operands)
    {
        switch (pass)
        {
            case ConvolutionPassName.Forward:
                Conv2dPrimitives.Forward(shape, operands.First.Span, operands.Second.Span, [], operands.Result.Span);
                break;
            case ConvolutionPassName.BackwardInput:
                Conv2dPrimitives.BackwardInput(shape, operands.First.Span, operands.Second.Span, operands.Result.Span);
                break;
            default:
                Conv2dPrimitives.BackwardWeight(shape, operands.First.Span, operands.Second.Span, operands.Result.Span, []);
                break;
        }
    }
}

/// <summary>C[m, n] = A[m, k] * B[k, n], row-major and dense.</summary>
internal sealed class GemmWorkload(string set, int m, int n, int k) : Workload(set, $"{m}x{n}x{k}", PassName, batch: 1)
{
    public const string PassName = "gemm";

    public int M => m;

    public int N => n;

    public int K => k;

    public override int FirstLength => m * k;

    public override int SecondLength => k * n;

    public override int ResultLength => m * n;

    public override double Flops => 2.0 * m * n * k;

    public override double GroupSeconds => IsOneOfMany ? 50e-6 : base.GroupSeconds;

    // The set is warmed up as a whole.
    public override double WarmUpSeconds => IsOneOfMany ? 0.01 : base.WarmUpSeconds;

    public override double RowSeconds => IsOneOfMany ? 0.15 : base.RowSeconds;

    private bool IsOneOfMany => Set == GemmSets.Small;

    public override void Run(Operands operands) => GemmPrimitives.Multiply(
        m, n, k, operands.First.Span, transposeA: false, operands.Second.Span, transposeB: false, operands.Result.Span);
}
