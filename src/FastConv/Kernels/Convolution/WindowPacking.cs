using FastConv.Counters;
using FastConv.Kernels.Gemm;
using FastConv.Simd;

namespace FastConv.Kernels.Convolution;

/// <summary>
/// Packs columns of a <see cref="WindowMatrix"/> into the panels of <see cref="PanelProduct"/>, straight from the band. A vector of a panel is
/// neighbouring pixels of one result row in most cases. Where rows, or images, end inside a vector, its pieces are each loaded from where lane 0
/// would be, and blended. A panel of two vectors in at most two pieces each is left to the product, which packs it in passing.
/// </summary>
internal static unsafe class WindowPacking
{
    /// <param name="band">Filled with the channels that are packed.</param>
    /// <param name="firstColumn">First of the matrix's columns.</param>
    /// <param name="columns">How many columns.</param>
    /// <param name="firstChannel">The first channel packed.</param>
    /// <param name="rowOffsets">One for every row of the block.</param>
    /// <param name="kc">Rows of the block.</param>
    /// <param name="panels">Room for the packed block.</param>
    /// <param name="places">One for every panel: where it lies if it is not packed.</param>
    public static void Pack<V>(
        WindowBand band, int firstColumn, int columns, int firstChannel, int* rowOffsets, int kc, float* panels, PanelPlace* places)
        where V : struct, IVector<V>
    {
        WorkCounters.AddPackedB((long)kc * columns);
        int width = TileRow2<V>.Width;
        for (int first = 0; first < columns; first += width)
        {
            int count = Math.Min(width, columns - first);
            float* panel = panels + (nint)first * kc;
            if (count == width
                && TryPlace<V>(band, firstColumn + first, firstChannel, out VectorPlace left)
                && TryPlace<V>(band, firstColumn + first + V.Count, firstChannel, out VectorPlace right))
            {
                *places++ = new PanelPlace(left, right);
                continue;
            }

            *places++ = default;
            int panelWidth = count > V.Count ? width : V.Count;
            for (int lane = 0; lane < count; lane += V.Count)
            {
                PackVector<V>(band, firstColumn + first + lane, Math.Min(V.Count, count - lane), firstChannel, rowOffsets, kc, panel + lane, panelWidth);
            }
        }
    }

    // A vector in one piece, or in two of a copied band, which may be read beyond their ends.
    private static bool TryPlace<V>(WindowBand band, int column, int firstChannel, out VectorPlace place)
        where V : struct, IVector<V>
    {
        float* first = band.ColumnPlace(column, firstChannel, out int lanes);
        if (lanes >= V.Count)
        {
            place = new VectorPlace(first, first, 0);
            return true;
        }

        float* second = band.ColumnPlace(column + lanes, firstChannel, out int more) - lanes;
        place = new VectorPlace(first, second, lanes);
        return !band.IsSource && lanes + more >= V.Count;
    }

    private static void PackVector<V>(
        WindowBand band, int column, int lanes, int firstChannel, int* rowOffsets, int kc, float* vectors, int step)
        where V : struct, IVector<V>
    {
        if (band.IsSource)
        {
            PackPieces<V, GuardedLanes<V>>(band, column, lanes, firstChannel, rowOffsets, kc, vectors, step);
        }
        else
        {
            PackPieces<V, AllLanes<V>>(band, column, lanes, firstChannel, rowOffsets, kc, vectors, step);
        }
    }

    private static void PackPieces<V, TLanes>(
        WindowBand band, int column, int lanes, int firstChannel, int* rowOffsets, int kc, float* vectors, int step)
        where V : struct, IVector<V>
        where TLanes : struct, ILanes<V>
    {
        Piece* pieces = stackalloc Piece[V.Count];
        int count = 0;
        for (int lane = 0; lane < lanes; count++)
        {
            float* place = band.ColumnPlace(column + lane, firstChannel, out int neighbours);
            pieces[count] = new Piece(place - lane, lane, Math.Min(lanes, lane + neighbours));
            lane = pieces[count].End;
        }

        switch (count)
        {
            case 1:
                PackOne<V, TLanes>(pieces[0], rowOffsets, kc, vectors, step);
                break;
            case 2:
                PackTwo<V, TLanes>(pieces[0], pieces[1], rowOffsets, kc, vectors, step);
                break;
            default:
                PackThree<V, TLanes>(pieces[0], pieces[1], pieces[2], rowOffsets, kc, vectors, step);
                for (int more = 3; more < count; more++)
                {
                    BlendOne<V, TLanes>(pieces[more], rowOffsets, kc, vectors, step);
                }

                break;
        }
    }

    private static void PackOne<V, TLanes>(Piece a, int* rowOffsets, int kc, float* vectors, int step)
        where V : struct, IVector<V>
        where TLanes : struct, ILanes<V>
    {
        for (int p = 0; p < kc; p++)
        {
            TLanes.Load(a.Place + rowOffsets[p], a.End).Store(vectors);
            vectors += step;
        }
    }

    private static void PackTwo<V, TLanes>(Piece a, Piece b, int* rowOffsets, int kc, float* vectors, int step)
        where V : struct, IVector<V>
        where TLanes : struct, ILanes<V>
    {
        V isB = V.Load(LaneMask.From(b.Lane));
        for (int p = 0; p < kc; p++)
        {
            nint offset = rowOffsets[p];
            V.Select(isB, TLanes.Load(b.Place + offset, b.End), TLanes.Load(a.Place + offset, a.End)).Store(vectors);
            vectors += step;
        }
    }

    private static void PackThree<V, TLanes>(Piece a, Piece b, Piece c, int* rowOffsets, int kc, float* vectors, int step)
        where V : struct, IVector<V>
        where TLanes : struct, ILanes<V>
    {
        V isB = V.Load(LaneMask.From(b.Lane));
        V isC = V.Load(LaneMask.From(c.Lane));
        for (int p = 0; p < kc; p++)
        {
            nint offset = rowOffsets[p];
            V ab = V.Select(isB, TLanes.Load(b.Place + offset, b.End), TLanes.Load(a.Place + offset, a.End));
            V.Select(isC, TLanes.Load(c.Place + offset, c.End), ab).Store(vectors);
            vectors += step;
        }
    }

    private static void BlendOne<V, TLanes>(Piece a, int* rowOffsets, int kc, float* vectors, int step)
        where V : struct, IVector<V>
        where TLanes : struct, ILanes<V>
    {
        V isA = V.Load(LaneMask.From(a.Lane));
        for (int p = 0; p < kc; p++)
        {
            V.Select(isA, TLanes.Load(a.Place + rowOffsets[p], a.End), V.Load(vectors)).Store(vectors);
            vectors += step;
        }
    }

    // Lanes [Lane, End) of a vector lie at Place plus their number, the place of lane 0 being a matter of arithmetic alone.
    private readonly struct Piece(float* place, int lane, int end)
    {
        public readonly float* Place = place;
        public readonly int Lane = lane;
        public readonly int End = end;
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
