using System.Diagnostics;
using FastConv.Shapes;
using FastConv.Simd;

namespace FastConv.Kernels.Gemm;

/// <summary>
/// C = A * B or C += A * B on one thread: the five loops around the micro-kernel, named as in the literature. Loop 5 (jc) cuts columns
/// for L3, loop 4 (pc) cuts k, loop 3 (ic) cuts rows for L2; <see cref="PanelProduct"/> has loops 2 and 1.
/// </summary>
internal static unsafe class GemmKernel
{
    /// <summary>Runs the product over the widest vector of this CPU.</summary>
    /// <param name="shape">m, n, k.</param>
    /// <param name="a">[m, k], any strides.</param>
    /// <param name="b">[k, n], any strides.</param>
    /// <param name="c">[m, n], rows <paramref name="ldc"/> apart; must not overlap A or B.</param>
    /// <param name="ldc">Between the rows of C.</param>
    /// <param name="store">What the sums start from and end with.</param>
    /// <param name="scratch"><see cref="ScratchLength"/> floats, 64-byte aligned.</param>
    public static void Multiply(GemmShape shape, MatrixView a, MatrixView b, float* c, nint ldc, TileStore store, float* scratch)
    {
        var operation = new Operation(shape, a, b, c, ldc, store, scratch);
        SimdDispatch.Run(ref operation);
    }

    /// <summary>The same over a given vector.</summary>
    public static void Multiply<V>(GemmShape shape, MatrixView a, MatrixView b, float* c, nint ldc, TileStore store, float* scratch)
        where V : struct, IVector<V>
    {
        Debug.Assert(a.Data != null && b.Data != null && c != null && ldc >= shape.N);
        var blocking = new GemmBlocking(shape);
        float* packedA = scratch;
        float* packedB = scratch + blocking.PackedALength;
        for (int ic = 0; ic < shape.M; ic += blocking.MC)
        {
            int mc = Math.Min(blocking.MC, shape.M - ic);
            for (int pc = 0; pc < shape.K; pc += blocking.KC)
            {
                int kc = Math.Min(blocking.KC, shape.K - pc);
                TileStore steps = store.Steps(pc, pc + kc, shape.K);
                PanelPacking.PackA<V>(a.From(ic, pc), mc, kc, packedA);
                for (int jc = 0; jc < shape.N; jc += blocking.NC)
                {
                    int nc = Math.Min(blocking.NC, shape.N - jc);
                    PanelPacking.PackB<V>(b.From(pc, jc), kc, nc, packedB);
                    PanelProduct.Multiply<V>(mc, nc, kc, packedA, packedB, ColumnTarget.Matrix(c + ic * ldc, ldc), jc, steps.From(ic));
                }
            }
        }
    }

    /// <summary>Floats of scratch that a product takes.</summary>
    public static int ScratchLength(GemmShape shape)
    {
        var blocking = new GemmBlocking(shape);
        return blocking.PackedALength + blocking.PackedBLength;
    }

    private readonly struct Operation(GemmShape shape, MatrixView a, MatrixView b, float* c, nint ldc, TileStore store, float* scratch) : ISimdOperation
    {
        public void Invoke<V>()
            where V : struct, IVector<V> => Multiply<V>(shape, a, b, c, ldc, store, scratch);
    }
}
