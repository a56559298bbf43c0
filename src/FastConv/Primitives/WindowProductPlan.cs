using System.Runtime.CompilerServices;
using FastConv.Kernels.Convolution;
using FastConv.Kernels.Gemm;
using FastConv.Memory;
using FastConv.Parallelism;
using FastConv.Simd;

namespace FastConv.Primitives;

/// <summary>
/// How the product of filters [M, K] and windows [K, P] is cut: channels into blocks that fit a packed panel, pixels into ranges whose packed
/// block fits the second-level cache, and rows where there are too few ranges to keep all threads busy.
/// </summary>
internal readonly struct WindowProductPlan
{
    // So many pieces a thread even out what one of them is slower.
    private const int PiecesPerThread = 4;

    // Every part of the rows packs the windows again; with fewer rows it would pack more than it multiplies. It also keeps the boundaries of parts away from
    // the last two panels of filters, whose heights are not full (PanelProduct.NextRows).
    private const int FewestRows = 4 * TileHeight.Most;

    // Columns of two of the widest vectors.
    private const int PanelColumns = 32;

    // Beyond this a range is long enough, and shorter pieces are better to share out.
    private const int MostColumns = 512;

    // A gigabyte, or one worker's: no shape is refused for having more threads, least of all after the first phases of a backward pass.
    private const int MostScratch = 1 << 28;

    public WindowProductPlan(WindowMatrix windows, int rows, int groups, int maxThreads)
    {
        ChannelsPerBlock = ChannelsPerBlockOf(windows);
        int kc = ChannelsPerBlock * windows.Taps;
        int wanted = PiecesPerThread * maxThreads;
        int ranges = (windows.Columns - 1) / Math.Min(GemmBlocking.ColumnsFor(kc), MostColumns) + 1;
        if (maxThreads > 1)
        {
            ranges = Math.Max(ranges, wanted / groups);
        }

        Columns = new Partition(windows.Columns, ranges, PanelColumns);
        int rowParts = maxThreads == 1 ? 1 : Math.Min(wanted / (Columns.Parts * groups), rows / FewestRows);
        Rows = new Partition(rows, Math.Max(1, rowParts), TileHeight.Most);
        Groups = groups;
        K = windows.Channels * windows.Taps;
        BandLength = Workspace.SizeOf(checked((int)WindowBand.LengthFor(windows, Columns.Longest, ChannelsPerBlock, isSorted: true)));
        PanelsLength = Workspace.SizeOf(checked((Columns.Longest + PanelColumns - 1) / PanelColumns * PanelColumns * kc));
        OffsetsLength = Workspace.SizeOf(kc + GatheredRows<V1>.StepsAhead);

        // No panel is narrower than two columns.
        PlacesLength = Workspace.SizeOf((Columns.Longest + 1) / 2 * Unsafe.SizeOf<PanelPlace>() / sizeof(float));
        PackedLength = Workspace.SizeOf(checked(groups * rows * K));
    }

    /// <summary>Channels that are packed at once.</summary>
    public int ChannelsPerBlock { get; }

    public Partition Columns { get; }

    public Partition Rows { get; }

    public int Groups { get; }

    public int K { get; }

    public int Pieces => Groups * Columns.Parts * Rows.Parts;

    /// <summary>Floats of the packed filters of all groups.</summary>
    public int PackedLength { get; }

    /// <summary>Floats that each worker has for a band, its packed panels, the offsets of their rows and their places.</summary>
    public int WorkerLength => BandLength + PanelsLength + OffsetsLength + PlacesLength;

    public int BandLength { get; }

    public int PanelsLength { get; }

    public int OffsetsLength { get; }

    private int PlacesLength { get; }

    /// <summary>Threads that take part, of so many.</summary>
    public int Workers(int maxThreads) => Math.Clamp(MostScratch / WorkerLength, 1, Math.Min(Pieces, maxThreads));

    /// <summary>Whether the windows' bands stay within bounds.</summary>
    public static bool Suits(WindowMatrix windows) =>
        windows.Taps == 0 || WindowBand.Fits(windows, MostColumns + PanelColumns, ChannelsPerBlockOf(windows), isSorted: true);

    private static int ChannelsPerBlockOf(WindowMatrix windows) =>
        GemmBlocking.Even(windows.Channels, Math.Max(1, GemmBlocking.LargestKC / windows.Taps), 1);
}
