using System.Diagnostics;
using FastConv.Kernels.Gemm;
using FastConv.Simd;

namespace FastConv.Kernels.Convolution;

/// <summary>
/// Packs columns of a <see cref="WindowMatrix"/> into the panels of <see cref="PanelProduct"/>, straight from the band. A vector of a panel is
/// neighbouring pixels of one result row in most cases: a load and a store. Where rows, or images, end inside a vector, the pieces are
/// loaded from where their lane 0 would be, and blended.
/// </summary>
internal static unsafe class WindowPacking
{
    /// <param name="band">Filled with the channels that are packed.</param>
    /// <param name="firstColumn">First of the matrix's columns.</param>
    /// <param name="columns">How many columns.</param>
    /// <param name="firstChannel">The first channel packed.</param>
    /// <param name="rowOffsets">One for every row of the block.</param>
    /// <param name="kc">Rows of the block.</param>
    /// <param name="isGuarded">Whether nothing but the columns may be read: the band is the caller's own memory.</param>
    /// <param name="panels">Room for the packed block.</param>
    public static void Pack<V>(
        WindowBand band, int firstColumn, int columns, int firstChannel, int* rowOffsets, int kc, bool isGuarded, float* panels)
        where V : struct, IVector<V>
    {
        int width = TileRow2<V>.Width;
        int vectors = (columns + V.Count - 1) / V.Count;
        float** sources = stackalloc float*[vectors];
        float** destinations = stackalloc float*[vectors];
        int whole = 0;
        for (int vector = 0; vector < vectors; vector++)
        {
            int first = vector * V.Count;
            int lanes = Math.Min(V.Count, columns - first);
            int panelStart = first / width * width;
            int panelWidth = columns - panelStart > V.Count ? width : V.Count;
            float* destination = panels + (nint)panelStart * kc + (first - panelStart);
            float* source = band.ColumnPlace(firstColumn + first, firstChannel, out int contiguous);
            if (panelWidth == width && lanes == V.Count && contiguous >= lanes)
            {
                sources[whole] = source;
                destinations[whole++] = destination;
            }
            else if (isGuarded)
            {
                PackPieces<V, GuardedLanes<V>>(band, firstColumn + first, lanes, firstChannel, rowOffsets, kc, destination, panelWidth);
            }
            else
            {
                PackPieces<V, AllLanes<V>>(band, firstColumn + first, lanes, firstChannel, rowOffsets, kc, destination, panelWidth);
            }
        }

        PackWhole<V>(sources, destinations, whole, rowOffsets, kc);
    }

    // Row by row over all vectors, so that the source is read in long runs.
    private static void PackWhole<V>(float** sources, float** destinations, int vectors, int* rowOffsets, int kc)
        where V : struct, IVector<V>
    {
        nint step = 0;
        for (int p = 0; p < kc; p++)
        {
            nint offset = rowOffsets[p];
            for (int vector = 0; vector < vectors; vector++)
            {
                V.Load(sources[vector] + offset).Store(destinations[vector] + step);
            }

            step += TileRow2<V>.Width;
        }
    }

    private static void PackPieces<V, TLanes>(
        WindowBand band, int column, int lanes, int firstChannel, int* rowOffsets, int kc, float* destination, int step)
        where V : struct, IVector<V>
        where TLanes : struct, ILanes<V>
    {
        for (int lane = 0; lane < lanes;)
        {
            float* source = band.ColumnPlace(column + lane, firstChannel, out int contiguous) - lane;
            int end = Math.Min(lanes, lane + contiguous);
            if (lane == 0)
            {
                for (int p = 0; p < kc; p++)
                {
                    TLanes.Load(source + rowOffsets[p], end).Store(destination + (nint)p * step);
                }
            }
            else
            {
                V isPiece = V.Load(LaneMask.From(lane));
                for (int p = 0; p < kc; p++)
                {
                    float* vector = destination + (nint)p * step;
                    V.Select(isPiece, TLanes.Load(source + rowOffsets[p], end), V.Load(vector)).Store(vector);
                }
            }

            lane = end;
        }
    }

    private interface ILanes<V>
        where V : struct, IVector<V>
    {
        // Lanes [0, end), and any that follow.
        static abstract V Load(float* source, int end);
    }

    private readonly struct AllLanes<V> : ILanes<V>
        where V : struct, IVector<V>
    {
        public static V Load(float* source, int end) => V.Load(source);
    }

    private readonly struct GuardedLanes<V> : ILanes<V>
        where V : struct, IVector<V>
    {
        public static V Load(float* source, int end) => V.LoadFirst(source, end);
    }
}
