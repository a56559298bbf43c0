using System.Diagnostics;
using FastConv.Shapes;
using FastConv.Simd;

namespace FastConv.Kernels.Gemm;

/// <summary>
/// C = A * B or C += A * B on one thread: the loops around the micro-kernel, named as in the literature. Loop 3 (ic) cuts rows for L3, loop 4 (pc)
/// cuts k, loop 5 (jc) cuts columns for L2; <see cref="PanelProduct"/> has loops 2 and 1. Rows of B are packed in passing, columns of a
/// transposed B before; A is packed unless there are so few columns that reading it with strides costs less.
/// </summary>
internal static unsafe class GemmKernel
{
    // Packing an element of A (0.16 ns) costs what about ten of its products do (0.017 ns each), so from here on it is 5 %.
    private const int ColumnsWorthPacking = 192;

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
        bool packsA = shape.N >= ColumnsWorthPacking;
        float* packedA = scratch;
        float* packedB = scratch + (packsA ? blocking.PackedALength : 0);
        var places = (PanelPlace*)(packedB + blocking.PackedBLength);
        int* offsets = (int*)(places + blocking.MostPanels);
        nint* rowOffsets = stackalloc nint[TileHeight.Most];
        StridedBlock.RowOffsets(a, rowOffsets);
        RowOffsets<V>(b.RowStride, blocking.KC, offsets);
        for (int ic = 0; ic < shape.M; ic += blocking.MC)
        {
            int mc = Math.Min(blocking.MC, shape.M - ic);
            ColumnTarget target = ColumnTarget.Matrix(c + ic * ldc, ldc);
            for (int pc = 0; pc < shape.K; pc += blocking.KC)
            {
                int kc = Math.Min(blocking.KC, shape.K - pc);
                TileStore steps = store.Steps(pc, pc + kc, shape.K).From(ic);
                MatrixView blockA = a.From(ic, pc);
                if (packsA)
                {
                    PanelPacking.PackA<V>(blockA, mc, kc, packedA);
                }

                for (int jc = 0; jc < shape.N; jc += blocking.NC)
                {
                    int nc = Math.Min(blocking.NC, shape.N - jc);
                    PanelPacking.PackB<V>(b.From(pc, jc), kc, nc, packedB, places);
                    var blockB = new PanelBlock(packedB, places, offsets);
                    if (packsA)
                    {
                        PanelProduct.Multiply<V, PackedRows, PackedBlock>(mc, nc, kc, new PackedBlock(packedA, kc), blockB, target, jc, steps);
                    }
                    else
                    {
                        PanelProduct.Multiply<V, StridedRows, StridedBlock>(mc, nc, kc, new StridedBlock(blockA, rowOffsets), blockB, target, jc, steps);
                    }
                }
            }
        }
    }

    /// <summary>Floats of scratch that a product takes.</summary>
    public static int ScratchLength(GemmShape shape)
    {
        var blocking = new GemmBlocking(shape);
        int places = blocking.MostPanels * sizeof(PanelPlace) / sizeof(float);
        int offsets = blocking.KC + GatheredRows<V1>.StepsAhead;
        return (shape.N >= ColumnsWorthPacking ? blocking.PackedALength : 0) + blocking.PackedBLength + places + offsets;
    }

    private static void RowOffsets<V>(nint rowStride, int kc, int* offsets)
        where V : struct, IVector<V>
    {
        for (int p = 0; p < kc + GatheredRows<V>.StepsAhead; p++)
        {
            offsets[p] = unchecked((int)(p * rowStride));
        }
    }

    private readonly struct Operation(GemmShape shape, MatrixView a, MatrixView b, float* c, nint ldc, TileStore store, float* scratch) : ISimdOperation
    {
        public void Invoke<V>()
            where V : struct, IVector<V> => Multiply<V>(shape, a, b, c, ldc, store, scratch);
    }
}
