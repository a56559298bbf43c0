using FastConv.Kernels.Convolution;
using FastConv.Kernels.Gemm;
using FastConv.Memory;
using FastConv.Parallelism;

namespace FastConv.Primitives;

/// <summary>
/// How a weights' gradient is cut. Its sums run over all pixels of the batch: those are cut into runs whose number follows from the shape alone,
/// since it decides the order of additions. The cuts of rows and columns do not, and follow the caches and the threads.
/// </summary>
internal readonly struct WeightGradientPlan
{
    // Every cut makes more to pack or to copy, so there are few.
    private const int PiecesPerThread = 2;

    // Columns of two of the widest vectors, and of one.
    private const int PanelColumns = 32;
    private const int VectorColumns = 16;

    // A run shorter than this is not worth its sums.
    private const int ShortestRun = 512;
    private const int MostRuns = 8;

    // Register tiles of all runs together: enough for any number of cores to share.
    private const int EnoughTiles = 512;

    // Pixels between two visits to the sums.
    private const int LargestPixelBlock = 512;

    // Floats of sums, and of source, that stay in the second-level cache.
    private const int LargestSums = 1 << 17;

    /// <param name="windows">The operand that is broadcast.</param>
    /// <param name="columns">Channels of the operand that is packed.</param>
    /// <param name="groups">Products side by side.</param>
    /// <param name="maxThreads">Threads that may take part.</param>
    public WeightGradientPlan(WindowMatrix windows, int columns, int groups, int maxThreads)
    {
        Rows = windows.Channels * windows.Taps;
        Groups = groups;
        long tiles = (long)Groups * ((Rows - 1) / TileHeight.Most + 1) * ((columns - 1) / PanelColumns + 1);
        int runs = MostRuns;
        while (runs > 1 && (runs * tiles > EnoughTiles || windows.Columns / runs < ShortestRun))
        {
            runs /= 2;
        }

        Runs = new Partition(windows.Columns, runs);
        PixelsPerBlock = GemmBlocking.Even(Runs.Longest, LargestPixelBlock, 1);
        int wanted = maxThreads == 1 ? 1 : PiecesPerThread * maxThreads / (runs * Groups);
        int columnParts = Math.Max(Math.Min(wanted, columns / (2 * PanelColumns)), (columns - 1) / (4 * PanelColumns) + 1);
        Columns = new Partition(columns, columnParts, PanelColumns);
        int channels = windows.Channels;
        long perChannel = Math.Max((long)windows.Taps * Columns.Longest, WindowBand.TypicalLengthFor(windows, PixelsPerBlock, 1, isSorted: false));
        Channels = new Partition(channels, (int)Math.Min(channels, Math.Max(wanted / Columns.Parts, channels * perChannel / LargestSums + 1)));
        SumsStride = ((HasOneRun ? Columns.Longest : columns) + VectorColumns - 1) / VectorColumns * VectorColumns;
        SumsLength = Workspace.SizeOf(checked((HasOneRun ? Channels.Longest * windows.Taps : Runs.Parts * Groups * Rows) * SumsStride));
        BandLength = Workspace.SizeOf(checked((int)WindowBand.LengthFor(windows, PixelsPerBlock, Channels.Longest, isSorted: false)));
        PanelsLength = Workspace.SizeOf((Columns.Longest + VectorColumns - 1) / VectorColumns * VectorColumns * PixelsPerBlock);
        RowOffsetsLength = Workspace.SizeOf(Channels.Longest * windows.Taps + TableRows.RowsInTurn);
        PixelOffsetsLength = Workspace.SizeOf(PixelsPerBlock + TableRows.StepsAhead);
        WorkerLength = BandLength + PanelsLength + RowOffsetsLength + PixelOffsetsLength + (HasOneRun ? SumsLength : 0);
    }

    /// <summary>Rows of the sums of one group: channels times taps.</summary>
    public int Rows { get; }

    public int Groups { get; }

    /// <summary>Of all pixels.</summary>
    public Partition Runs { get; }

    /// <summary>Of the packed operand's channels.</summary>
    public Partition Columns { get; }

    /// <summary>Of the broadcast operand's channels.</summary>
    public Partition Channels { get; }

    /// <summary>The longest block of a run that is summed in registers.</summary>
    public int PixelsPerBlock { get; }

    /// <summary>Whether a piece has all pixels: it adds its sums to the gradient while they are in its cache, and keeps none.</summary>
    public bool HasOneRun => Runs.Parts == 1;

    /// <summary>Between the rows of sums.</summary>
    public int SumsStride { get; }

    /// <summary>Sums of one piece, [row][columns, rounded up to a vector], if there is one run; else of all runs: [run][group][row][columns].</summary>
    public int SumsLength { get; }

    /// <summary>Sums of one of several runs.</summary>
    public nint RunLength => (nint)Groups * Rows * SumsStride;

    public int Pieces => Groups * Runs.Parts * Columns.Parts * Channels.Parts;

    /// <summary>Floats that each worker has: a band, packed panels, two tables of offsets, and the sums of a piece if there is one run.</summary>
    public int WorkerLength { get; }

    public int BandLength { get; }

    public int PanelsLength { get; }

    public int RowOffsetsLength { get; }

    public int PixelOffsetsLength { get; }

    /// <summary>Whether the windows' bands stay within bounds.</summary>
    public static bool Suits(WindowMatrix windows) => WindowBand.Fits(windows, LargestPixelBlock, 1, isSorted: false);
}
