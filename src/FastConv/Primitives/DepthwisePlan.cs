using FastConv.Kernels.Convolution;
using FastConv.Memory;
using FastConv.Shapes;

namespace FastConv.Primitives;

/// <summary>How <see cref="DepthwiseConvolution"/> cuts planes into bands, and where its scratch memory lies: the tables of taps, then every worker's parts.</summary>
internal readonly unsafe struct DepthwisePlan
{
    // Floats of a band: half of a small first-level cache, so that the stream of results does not push it out.
    private const int BandLength = 4096;

    private const int MostBands = 8;

    // Floats that a band of the fewest rows may take.
    private const int LongestBand = 1 << 20;

    private readonly ConvolutionPass _pass;
    private readonly int _sources;

    public DepthwisePlan(Conv2dShape shape, ConvolutionPass pass)
    {
        _pass = pass;
        Shape = shape;
        bool isBackwardInput = pass == ConvolutionPass.BackwardInput;
        Phases = isBackwardInput ? shape.Vertical.Stride * shape.Horizontal.Stride : 1;
        _sources = isBackwardInput ? shape.GroupOutChannels : 1;
        Taps = _sources * shape.Vertical.Window * shape.Horizontal.Window;
        Layout = isBackwardInput
            ? new DepthwiseLayout(DepthwiseAxis.BackwardInput(shape.Vertical), DepthwiseAxis.BackwardInput(shape.Horizontal))
            : new DepthwiseLayout(DepthwiseAxis.Forward(shape.Vertical), DepthwiseAxis.Forward(shape.Horizontal));
        BandRows = Math.Min(DepthwiseRows.BlockRows, Layout.Vertical.Result);
        while (BandRows < Layout.Vertical.Result && ScratchOf(BandRows + DepthwiseRows.BlockRows) <= BandLength)
        {
            BandRows = Math.Min(BandRows + DepthwiseRows.BlockRows, Layout.Vertical.Result);
        }

        Bands = BandRows == Layout.Vertical.Result && _sources == 1 ? (int)Math.Clamp(BandLength / ScratchOf(BandRows), 1, MostBands) : 1;
    }

    public Conv2dShape Shape { get; }

    /// <summary>The padded source: the input, or the output gradient on the way back to the input.</summary>
    public DepthwiseLayout Layout { get; }

    /// <summary>Result rows of a band.</summary>
    public int BandRows { get; }

    /// <summary>Bands that are padded before the first of them is read: several where a band is a small plane.</summary>
    public int Bands { get; }

    /// <summary>Interleaved sets of results that see different taps.</summary>
    public int Phases { get; }

    /// <summary>Taps of all phases, over all sources of a result.</summary>
    public int Taps { get; }

    /// <summary>Whether the kernels for three rows of three taps can do it.</summary>
    public bool IsThreeByThree =>
        Taps == 9 && Shape.Vertical is { Window: 3, Dilation: 1 } && Shape.Horizontal.Window == 3
        && _pass switch
        {
            ConvolutionPass.Forward => Shape.Vertical.Stride <= 2,
            ConvolutionPass.BackwardInput => Phases == 1 || Shape is { Vertical.Stride: 2, Horizontal: { Stride: 2, Dilation: 1 } },
            _ => Shape.Vertical.Stride == 1,
        };

    /// <summary>Whether even the fewest rows fit in reasonable scratch memory.</summary>
    public static bool Fits(Conv2dShape shape, ConvolutionPass pass) =>
        (long)shape.Horizontal.Stride * shape.Vertical.Stride <= 1 << 10
        && ((long)shape.Horizontal.Input + shape.Horizontal.PaddingBefore + shape.Horizontal.PaddingAfter + 32L * shape.Horizontal.Stride + 32)
            * ((DepthwiseRows.BlockRows - 1L) * shape.Vertical.Stride + shape.Vertical.Extent) * shape.GroupOutChannels <= LongestBand
        && new DepthwisePlan(shape, pass).ScratchOf(DepthwiseRows.BlockRows) <= LongestBand;

    public int WorkspaceLength(int workers) => checked(TapsLength + workers * WorkerLength);

    /// <summary>Writes the tables of taps.</summary>
    public DepthwiseTaps WriteTaps(float* workspace)
    {
        var taps = new DepthwiseTaps(workspace, Phases, Taps);
        int count = 0;
        for (int phase = 0; phase < Phases; phase++)
        {
            taps.Starts[phase] = count;
            for (int index = 0; index < Taps; index++)
            {
                // On the way back the kernel is turned: its last tap is the first that a result sees.
                int source = index * _sources / Taps;
                int place = _pass == ConvolutionPass.BackwardInput ? (2 * source + 1) * (Taps / _sources) - 1 - index : index;
                if (TryOffset(phase, source, place % (Taps / _sources), out int offset))
                {
                    taps.Offsets[count] = offset;
                    taps.Order[count++] = place;
                }
            }
        }

        taps.Starts[Phases] = count;
        for (int surplus = count; surplus < DepthwiseSums.WholeGroups(Taps); surplus++)
        {
            taps.Offsets[surplus] = taps.Offsets[0];
        }

        return taps;
    }

    /// <summary>Zeroes what must be zero, once for all planes.</summary>
    public void Clear(float* workspace, int workers)
    {
        for (int worker = 0; worker < workers; worker++)
        {
            DepthwiseScratch scratch = Scratch(workspace, worker);
            new Span<float>(scratch.Band, BandsLength).Clear();
            new Span<float>(scratch.Zeros, DepthwiseNarrowPlane.ZerosLength).Clear();
        }
    }

    public DepthwiseScratch Scratch(float* workspace, int worker)
    {
        float* band = workspace + TapsLength + (nint)worker * WorkerLength;
        float* second = band + BandsLength;
        float* edge = second + SecondLength;
        return new DepthwiseScratch(band, second, edge, edge + EdgeLength, edge + EdgeLength + FilterLength);
    }

    private int TapsLength => DepthwiseTaps.LengthOf(Phases, Taps);

    private int BandsLength => checked(Bands * _sources * (int)Layout.BandLength(BandRows));

    private int SecondLength => checked((int)SecondLengthOf(BandRows));

    private int EdgeLength =>
        Workspace.SizeOf(DepthwiseRows.EdgeLength(Layout.Horizontal.Result))
        + Workspace.SizeOf(DepthwiseInterleave.EdgeLength(Shape.Horizontal.Input))
        + Workspace.SizeOf(DepthwisePairs.EdgeLength(Shape.Horizontal.Input));

    private int FilterLength => checked(Bands * DepthwiseBackwardWeight.LanesLength(Taps));

    private int WorkerLength => checked(BandsLength + SecondLength + EdgeLength + FilterLength + DepthwiseNarrowPlane.ZerosLength);

    private long ScratchOf(int rows) => _sources * Layout.BandLength(rows) + SecondLengthOf(rows);

    private long SecondLengthOf(int rows) => _pass switch
    {
        ConvolutionPass.BackwardWeight => (long)rows * DepthwiseLayout.RoundUp(Layout.Horizontal.Result),
        ConvolutionPass.BackwardInput when Phases > 1 => (long)Phases * rows * DepthwiseBackwardInput.PhasePitch(Layout),
        _ => 0,
    };

    private bool TryOffset(int phase, int source, int tap, out int offset)
    {
        (WindowAxis vertical, WindowAxis horizontal) = (Shape.Vertical, Shape.Horizontal);
        (int kh, int kw) = Math.DivRem(tap, horizontal.Window);
        if (_pass != ConvolutionPass.BackwardInput)
        {
            offset = Layout.OffsetOf(kh * vertical.Dilation, kw * horizontal.Dilation);
            return true;
        }

        (int phaseRow, int phaseColumn) = Math.DivRem(phase, horizontal.Stride);
        offset = 0;
        if (DepthwiseAxis.WindowUnder(vertical, phaseRow, kh, out int row) && DepthwiseAxis.WindowUnder(horizontal, phaseColumn, kw, out int column))
        {
            offset = source * (int)Layout.BandLength(BandRows) + Layout.OffsetOf(row + Layout.Vertical.Before, column + Layout.Horizontal.Before);
            return true;
        }

        return false;
    }
}
