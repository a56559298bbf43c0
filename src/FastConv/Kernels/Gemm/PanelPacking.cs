using System.Diagnostics;
using System.Runtime.Intrinsics;
using FastConv.Counters;
using FastConv.Simd;

namespace FastConv.Kernels.Gemm;

/// <summary>
/// Copies a block of a matrix into the order in which the micro-kernel reads it, panels one after the other along the matrix's long axis.
/// <code>
/// A (MR rows):      panel 0: a[0..MR, 0] a[0..MR, 1] ... a[0..MR, k-1]   panel 1: a[MR..2MR, 0] ...   the last ones narrower
/// B (NR columns):   panel 0: b[0, 0..NR] b[1, 0..NR] ... b[k-1, 0..NR]   panel 1: b[0, NR..2NR] ...   the last filled up with zeros
/// </code>
/// </summary>
internal static unsafe class PanelPacking
{
    // Every four rows of the source write a stripe of the panel: so many steps of it stay in the first-level cache until all stripes are written.
    private const int TransposedSteps = 64;

    private const int CacheLine = 16;

    /// <summary>Packs rows of A.</summary>
    /// <param name="a">The block's first element.</param>
    /// <param name="mc">Rows.</param>
    /// <param name="kc">Columns.</param>
    /// <param name="panels">Room for mc * kc floats.</param>
    public static void PackA<V>(MatrixView a, int mc, int kc, float* panels)
        where V : struct, IVector<V>
    {
        WorkCounters.AddPackedA((long)mc * kc);
        for (int ir = 0, mr; ir < mc; ir += mr)
        {
            mr = PanelProduct.NextRows<V>(mc - ir);
            PackPanel(a.Data + ir * a.RowStride, a.RowStride, a.ColumnStride, mr, kc, mr, panels + (nint)ir * kc);
        }
    }

    /// <summary>Packs columns of B; whole panels of contiguous rows are left to be packed in passing.</summary>
    /// <param name="b">The block's first element.</param>
    /// <param name="kc">Rows.</param>
    /// <param name="nc">Columns.</param>
    /// <param name="panels">Room for <see cref="PackedWidth{V}"/> of nc, times kc floats.</param>
    /// <param name="places">One for every panel: where it lies if it is not packed.</param>
    public static void PackB<V>(MatrixView b, int kc, int nc, float* panels, PanelPlace* places)
        where V : struct, IVector<V>
    {
        WorkCounters.AddPackedB((long)kc * nc);
        int width = TileRow2<V>.Width;
        bool isGathered = b.ColumnStride == 1 && b.RowStride <= int.MaxValue / GemmBlocking.LargestKC / 2;
        for (int jr = 0; jr < nc; jr += width)
        {
            int valid = Math.Min(width, nc - jr);
            float* source = b.Data + jr * b.ColumnStride;
            float* panel = panels + (nint)jr * kc;
            if (isGathered && valid == width)
            {
                *places++ = new PanelPlace(new VectorPlace(source, source, 0), new VectorPlace(source + V.Count, source + V.Count, 0));
                continue;
            }

            *places++ = default;
            int panelWidth = PackedWidth<V>(valid);
            if (valid < panelWidth)
            {
                new Span<float>(panel, checked(panelWidth * kc)).Clear();
            }

            PackPanel(source, b.ColumnStride, b.RowStride, valid, kc, panelWidth, panel);
        }
    }

    /// <summary>Columns of a packed block: whole vectors, which is two for every panel but perhaps the last.</summary>
    public static int PackedWidth<V>(int nc)
        where V : struct, IVector<V> => (nc + V.Count - 1) / V.Count * V.Count;

    // Element (i, p) of the source, i < valid along the panel's width and p along k, is source[i * stride + p * kStride].
    public static void PackPanel(float* source, nint stride, nint kStride, int valid, int k, int width, float* panel)
    {
        Debug.Assert(valid > 0 && valid <= width && k > 0);
        if (valid < Transpose4x4.Side || SimdDispatch.Lanes < Transpose4x4.Side)
        {
            Gather(source, stride, kStride, valid, k, width, panel);
        }
        else if (stride == 1)
        {
            CopyRows(source, kStride, valid, k, width, panel);
        }
        else if (kStride == 1)
        {
            int whole = k / Transpose4x4.Side * Transpose4x4.Side;
            for (int p = 0; p < whole; p += TransposedSteps)
            {
                TransposeRows(source + p, stride, valid, Math.Min(TransposedSteps, whole - p), width, panel + (nint)p * width);
            }

            Gather(source + whole, stride, kStride, valid, k - whole, width, panel + (nint)whole * width);
        }
        else
        {
            Gather(source, stride, kStride, valid, k, width, panel);
        }
    }

    // Where the width is no multiple of four, the last four overlap the ones before.
    private static void CopyRows(float* source, nint kStride, int valid, int k, int width, float* panel)
    {
        int last = valid - Transpose4x4.Side;
        for (int p = 0; p < k; p++)
        {
            for (int i = 0; i < last; i += Transpose4x4.Side)
            {
                Vector128.Load(source + i).Store(panel + i);
            }

            Vector128.Load(source + last).Store(panel + last);
            source += kStride;
            panel += width;
        }
    }

    private static void TransposeRows(float* source, nint stride, int valid, int k, int width, float* panel)
    {
        for (int i = 0; i < valid; i += Transpose4x4.Side)
        {
            int row = Math.Min(i, valid - Transpose4x4.Side);
            float* rows = source + row * stride;
            float* destination = panel + row;
            for (int line = 0; line < k; line += CacheLine)
            {
                float* ahead = rows + line + TransposedSteps;
                SimdDispatch.Prefetch(ahead);
                SimdDispatch.Prefetch(ahead + stride);
                SimdDispatch.Prefetch(ahead + 2 * stride);
                SimdDispatch.Prefetch(ahead + 3 * stride);
            }

            for (int p = 0; p < k; p += Transpose4x4.Side)
            {
                Transpose4x4.Copy(rows + p, stride, destination, width);
                destination += Transpose4x4.Side * (nint)width;
            }
        }
    }

    private static void Gather(float* source, nint stride, nint kStride, int valid, int k, int width, float* panel)
    {
        for (int p = 0; p < k; p++)
        {
            float* element = source;
            for (int i = 0; i < valid; i++)
            {
                panel[i] = *element;
                element += stride;
            }

            source += kStride;
            panel += width;
        }
    }
}
