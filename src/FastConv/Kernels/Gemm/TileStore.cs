using FastConv.Simd;

namespace FastConv.Kernels.Gemm;

/// <summary>
/// What the sums of a tile start from, and what becomes of them in the end. The micro-kernel knows the start alone: a maximum inside it would be
/// a call too many for the JIT, which then keeps every accumulator in memory.
/// </summary>
internal readonly unsafe struct TileStore
{
    /// <summary>Whether the sums start from C: always in all but the first block of k.</summary>
    public bool Accumulates { get; init; }

    /// <summary>Else they start from one number a row of C; from 0 where this is null.</summary>
    public float* Bias { get; init; }

    /// <summary>Whether max(x, 0) is stored, NaN staying NaN.</summary>
    public bool Rectifies { get; init; }

    /// <summary>The same for rows further down.</summary>
    public TileStore From(int row) => new() { Accumulates = Accumulates, Bias = Bias == null ? null : Bias + row, Rectifies = Rectifies };

    /// <summary>The part of it that belongs to steps [start, end) of k steps.</summary>
    public TileStore Steps(int start, int end, int k) =>
        new() { Accumulates = Accumulates || start > 0, Bias = Bias, Rectifies = Rectifies && end == k };

    /// <summary>What is left to do to a tile that the micro-kernel has stored.</summary>
    public void Finish<V>(float* c, nint ldc, int rows, int columns)
        where V : struct, IVector<V>
    {
        for (int row = 0; Rectifies && row < rows; row++)
        {
            for (int column = 0; column < columns; column += V.Count)
            {
                float* sums = c + row * ldc + column;
                V.Max(V.Load(sums), V.Zero).Store(sums);
            }
        }
    }
}
