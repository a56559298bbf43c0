using FastConv.Counters;
using FastConv.Kernels.Gemm;
using FastConv.Simd;

namespace FastConv.Kernels.Convolution;

/// <summary>
/// One block of a weights' gradient: sums[row, column] += over pixels of windows[row, pixel] * panels[pixel, column]. The windows' elements are broadcast
/// from the band where they lie, so that only the other operand is packed.
/// </summary>
internal static unsafe class WeightGradientKernel
{
    /// <param name="rows">Rows of the block: channels times taps.</param>
    /// <param name="columns">Columns of the block.</param>
    /// <param name="pixels">Pixels that are summed over.</param>
    /// <param name="band">The place of the first pixel.</param>
    /// <param name="rowOffsets">From the place of a pixel to its elements, one a row.</param>
    /// <param name="pixelOffsets">From the place of the first pixel to the others.</param>
    /// <param name="panels">The packed operand.</param>
    /// <param name="sums">[rows, ldc].</param>
    /// <param name="ldc">Between the rows of the sums; room for whole vectors.</param>
    /// <param name="accumulates">Whether the sums go on.</param>
    public static void Multiply<V>(
        int rows, int columns, int pixels, float* band, int* rowOffsets, int* pixelOffsets, float* panels, float* sums, nint ldc, bool accumulates)
        where V : struct, IVector<V>
    {
        WorkCounters.AddProduct();
        var store = new TileStore { Accumulates = accumulates };
        int width = TileRow2<V>.Width;
        for (int ir = 0, mr; ir < rows; ir += mr)
        {
            mr = PanelProduct.NextRows<V>(rows - ir);
            var windows = new TableRows(band, rowOffsets + ir, pixelOffsets);
            for (int jr = 0; jr < columns; jr += width)
            {
                float* panel = panels + (nint)jr * pixels;
                float* tile = sums + ir * ldc + jr;
                if (columns - jr > V.Count)
                {
                    TileKernels.Multiply<V, TileRow2<V>, TableRows, StoredRows<V, TileRow2<V>>>(mr, pixels, windows, new(panel, width), tile, ldc, store);
                }
                else
                {
                    TileKernels.Multiply<V, TileRow1<V>, TableRows, StoredRows<V, TileRow1<V>>>(mr, pixels, windows, new(panel, V.Count), tile, ldc, store);
                }
            }
        }
    }
}
