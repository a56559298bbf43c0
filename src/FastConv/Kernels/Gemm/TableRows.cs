using System.Runtime.CompilerServices;
using FastConv.Simd;

namespace FastConv.Kernels.Gemm;

/// <summary>
/// Elements anywhere: the one of row i at step p is <c>data[rowOffsets[i] + stepOffsets[p]]</c>. Rows are mostly far apart and steps neighbours, so that
/// every sixteenth step of a row is a new cache line: each step asks for the line of one row, some steps before its turn.
/// </summary>
internal readonly unsafe struct TableRows(float* data, int* rowOffsets, int* stepOffsets) : ITileSource<TableRows>
{
    /// <summary>Offsets of steps are read so many steps before their turn: their table is longer than k by as much.</summary>
    public const int StepsAhead = 48;

    /// <summary>Offsets of rows are read in turns of so many: their table is as much longer than the last row's.</summary>
    public const int RowsInTurn = 16;

    public float this[int row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (data + *stepOffsets)[rowOffsets[row]];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TableRows Next(int rows)
    {
        SimdDispatch.Prefetch(data + stepOffsets[StepsAhead] + rowOffsets[((nint)stepOffsets >> 2) & (RowsInTurn - 1)]);
        return new(data, rowOffsets, stepOffsets + 1);
    }
}
