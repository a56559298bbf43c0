using System.Diagnostics;
using FastConv.Shapes;
using FastConv.Simd;

namespace FastConv.Kernels.Gemm;

/// <summary>
/// C = A * B or C += A * B on one thread: the five loops around the micro-kernel, named as in the literature. Loop 5 (jc) cuts columns
/// for L3, loop 4 (pc) cuts k, loop 3 (ic) cuts rows for L2; loops 2 (jr) and 1 (ir) walk the register tiles of one block.
/// </summary>
internal static unsafe class GemmKernel
{
    /// <summary>Runs the product with the micro-kernel that this CPU's registers call for.</summary>
    /// <param name="shape">m, n, k.</param>
    /// <param name="a">[m, k], any strides.</param>
    /// <param name="b">[k, n], any strides.</param>
    /// <param name="c">[m, n], rows <paramref name="ldc"/> apart; must not overlap A or B.</param>
    /// <param name="ldc">Between the rows of C.</param>
    /// <param name="accumulate">Whether the sums start from C.</param>
    /// <param name="scratch"><see cref="ScratchLength"/> floats, 64-byte aligned.</param>
    public static void Multiply(GemmShape shape, MatrixView a, MatrixView b, float* c, nint ldc, bool accumulate, float* scratch)
    {
        var operation = new Operation(shape, a, b, c, ldc, accumulate, scratch);
        SimdDispatch.Run(ref operation);
    }

    /// <summary>The same over a given vector and micro-kernel.</summary>
    public static void Multiply<V, TKernel>(GemmShape shape, MatrixView a, MatrixView b, float* c, nint ldc, bool accumulate, float* scratch)
        where V : struct, IVector<V>
        where TKernel : struct, IMicroKernel<V>
    {
        Debug.Assert(a.Data != null && b.Data != null && c != null && ldc >= shape.N);
        int columns = 2 * V.Count;
        float* packedA = scratch;
        float* packedB = scratch + PackedALength(shape, TKernel.Rows);
        for (int jc = 0; jc < shape.N; jc += GemmBlocking.NC)
        {
            int nc = Math.Min(GemmBlocking.NC, shape.N - jc);
            for (int pc = 0; pc < shape.K; pc += GemmBlocking.KC)
            {
                int kc = Math.Min(GemmBlocking.KC, shape.K - pc);
                MatrixView blockB = b.From(pc, jc);
                PanelPacking.Pack<V>(blockB.Data, blockB.ColumnStride, blockB.RowStride, nc, kc, columns, packedB);
                for (int ic = 0; ic < shape.M; ic += GemmBlocking.MC)
                {
                    int mc = Math.Min(GemmBlocking.MC, shape.M - ic);
                    MatrixView blockA = a.From(ic, pc);
                    PanelPacking.Pack<V>(blockA.Data, blockA.RowStride, blockA.ColumnStride, mc, kc, TKernel.Rows, packedA);
                    MultiplyBlock<V, TKernel>(mc, nc, kc, packedA, packedB, c + ic * ldc + jc, ldc, accumulate || pc > 0);
                }
            }
        }
    }

    /// <summary>Floats of scratch that this product's packed blocks take on this CPU.</summary>
    public static int ScratchLength(GemmShape shape) => PackedALength(shape, TileRows) + PackedBLength(shape, TileColumns);

    /// <summary>MR on this CPU.</summary>
    public static int TileRows => SimdDispatch.Registers >= 32 ? 12 : 6;

    /// <summary>NR on this CPU.</summary>
    public static int TileColumns => 2 * SimdDispatch.Lanes;

    // Loops 2 and 1. Tiles that stick out of C are made in a scratch tile; the panels' zeros make their surplus harmless.
    private static void MultiplyBlock<V, TKernel>(int mc, int nc, int kc, float* packedA, float* packedB, float* c, nint ldc, bool accumulate)
        where V : struct, IVector<V>
        where TKernel : struct, IMicroKernel<V>
    {
        int rows = TKernel.Rows;
        int columns = 2 * V.Count;
        float* edge = stackalloc float[rows * columns];
        for (int jr = 0; jr < nc; jr += columns)
        {
            int nr = Math.Min(columns, nc - jr);
            float* panelB = packedB + (nint)jr * kc;
            for (int ir = 0; ir < mc; ir += rows)
            {
                int mr = Math.Min(rows, mc - ir);
                float* panelA = packedA + (nint)ir * kc;
                float* tile = c + ir * ldc + jr;
                if (mr == rows && nr == columns)
                {
                    TKernel.Multiply(kc, panelA, panelB, tile, ldc, accumulate);
                    continue;
                }

                if (accumulate)
                {
                    CopyTile(tile, ldc, edge, columns, mr, nr);
                }

                TKernel.Multiply(kc, panelA, panelB, edge, columns, accumulate);
                CopyTile(edge, columns, tile, ldc, mr, nr);
            }
        }
    }

    private static void CopyTile(float* source, nint sourceStride, float* destination, nint destinationStride, int rows, int columns)
    {
        for (int row = 0; row < rows; row++)
        {
            new ReadOnlySpan<float>(source + row * sourceStride, columns).CopyTo(new Span<float>(destination + row * destinationStride, columns));
        }
    }

    private static int PackedALength(GemmShape shape, int rows) => PackedLength(shape.M, GemmBlocking.MC, rows, shape.K);

    private static int PackedBLength(GemmShape shape, int columns) => PackedLength(shape.N, GemmBlocking.NC, columns, shape.K);

    // Whole panels of one block; a multiple of 16 floats, so that what follows stays aligned.
    private static int PackedLength(int length, int block, int width, int k)
    {
        int panels = (Math.Min(length, block) + width - 1) / width;
        return (panels * width * Math.Min(k, GemmBlocking.KC) + 15) / 16 * 16;
    }

    private readonly struct Operation(GemmShape shape, MatrixView a, MatrixView b, float* c, nint ldc, bool accumulate, float* scratch) : ISimdOperation
    {
        public void Invoke<V>()
            where V : struct, IVector<V>
        {
            if (V.Registers >= 32)
            {
                Multiply<V, MicroKernel12x2<V>>(shape, a, b, c, ldc, accumulate, scratch);
            }
            else
            {
                Multiply<V, MicroKernel6x2<V>>(shape, a, b, c, ldc, accumulate, scratch);
            }
        }
    }
}
