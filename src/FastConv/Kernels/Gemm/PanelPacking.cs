using System.Diagnostics;
using FastConv.Simd;

namespace FastConv.Kernels.Gemm;

/// <summary>
/// Copies a block of a matrix into the order in which the micro-kernel reads it: panels [k][width], one after the other along the
/// matrix's long axis; the last one is filled up with zeros.
/// <code>
/// A (width = MR rows):     panel 0: a[0..MR, 0] a[0..MR, 1] ... a[0..MR, k-1]   panel 1: a[MR..2MR, 0] ...
/// B (width = NR columns):  panel 0: b[0, 0..NR] b[1, 0..NR] ... b[k-1, 0..NR]   panel 1: b[0, NR..2NR] ...
/// </code>
/// </summary>
internal static unsafe class PanelPacking
{
    /// <param name="source">Element (i, p) of the block, i along the panels' width and p along k, is source[i * stride + p * kStride].</param>
    /// <param name="stride">Between neighbours within a panel's width.</param>
    /// <param name="kStride">Between neighbours along k.</param>
    /// <param name="length">How many i there are.</param>
    /// <param name="k">How many p there are.</param>
    /// <param name="width">The panel's width: a multiple of V.Count where stride is 1.</param>
    /// <param name="panels">Room for length rounded up to the width, times k.</param>
    public static void Pack<V>(float* source, nint stride, nint kStride, int length, int k, int width, float* panels)
        where V : struct, IVector<V>
    {
        Debug.Assert(length > 0 && k > 0 && width > 0);
        for (int first = 0; first < length; first += width)
        {
            int valid = Math.Min(width, length - first);
            float* panelSource = source + first * stride;
            if (valid < width)
            {
                new Span<float>(panels, checked(width * k)).Clear();
            }

            if (valid == width && stride == 1 && width % V.Count == 0)
            {
                CopyRows<V>(panelSource, kStride, k, width, panels);
            }
            else if (valid == width && kStride == 1 && width >= Transpose4x4.Side && V.Count >= Transpose4x4.Side)
            {
                int whole = k / Transpose4x4.Side * Transpose4x4.Side;
                TransposeRows(panelSource, stride, whole, width, panels);
                Gather(panelSource + whole, stride, kStride, valid, k - whole, width, panels + (nint)whole * width);
            }
            else
            {
                Gather(panelSource, stride, kStride, valid, k, width, panels);
            }

            panels += (nint)width * k;
        }
    }

    private static void CopyRows<V>(float* source, nint kStride, int k, int width, float* panel)
        where V : struct, IVector<V>
    {
        for (int p = 0; p < k; p++)
        {
            for (int i = 0; i < width; i += V.Count)
            {
                V.Load(source + i).Store(panel + i);
            }

            source += kStride;
            panel += width;
        }
    }

    // Contiguous along k. Where the width is no multiple of the block's side, the last block overlaps the one before it.
    private static void TransposeRows(float* source, nint stride, int k, int width, float* panel)
    {
        for (int i = 0; i < width; i += Transpose4x4.Side)
        {
            int row = Math.Min(i, width - Transpose4x4.Side);
            float* rows = source + row * stride;
            float* destination = panel + row;
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
