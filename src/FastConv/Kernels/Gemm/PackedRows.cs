using System.Runtime.CompilerServices;
using FastConv.Simd;

namespace FastConv.Kernels.Gemm;

/// <summary>
/// A packed panel [k][rows]. The filters of deep layers come from the third level; hardware prefetching stops at every page, so each step asks for the
/// line that it will need some steps later, in the next panel where this one ends.
/// </summary>
internal readonly unsafe struct PackedRows(float* data) : ITileSource<PackedRows>
{
    // 4 KB: about 85 steps of 12 rows, which take longer than the third level.
    private const int FloatsAhead = 1024;

    public float this[int row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => data[row];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PackedRows Next(int rows)
    {
        SimdDispatch.Prefetch(data + FloatsAhead);
        return new(data + rows);
    }
}
