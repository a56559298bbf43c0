using FastConv.Primitives;

namespace FastConv.Benchmarks.Peers;

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
