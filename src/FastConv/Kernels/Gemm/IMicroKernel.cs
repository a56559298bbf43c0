using FastConv.Simd;

namespace FastConv.Kernels.Gemm;

/// <summary>The innermost loop of a product: one tile of C, held in registers while k runs.</summary>
/// <typeparam name="V">The vector.</typeparam>
internal unsafe interface IMicroKernel<V>
    where V : struct, IVector<V>
{
    /// <summary>MR: rows of the tile. Its columns, NR, are two vectors.</summary>
    static abstract int Rows { get; }

    /// <summary>C[MR, NR] = (accumulate ? C : 0) + A[MR, k] * B[k, NR], summed over k in ascending order, one FMA a product.</summary>
    /// <param name="k">Steps.</param>
    /// <param name="a">A packed panel [k][MR].</param>
    /// <param name="b">A packed panel [k][NR].</param>
    /// <param name="c">The tile's first element.</param>
    /// <param name="ldc">Between the rows of C.</param>
    /// <param name="accumulate">Whether the sums start from C.</param>
    static abstract void Multiply(int k, float* a, float* b, float* c, nint ldc, bool accumulate);
}
