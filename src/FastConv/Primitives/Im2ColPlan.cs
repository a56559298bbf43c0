using FastConv.Kernels.Gemm;
using FastConv.Memory;
using FastConv.Shapes;

namespace FastConv.Primitives;

/// <summary>
/// How <see cref="Im2ColGemmConvolution"/> cuts one pass into items and bands of output rows, and where an item's scratch lies. Where
/// there are fewer items than threads, the products are threaded instead of the items.
/// </summary>
internal readonly unsafe struct Im2ColPlan
{
    // Floats of columns in one band: 1 MiB, about a second-level cache.
    private const int BandLength = 1 << 18;

    private readonly int _productThreads;
    private readonly int _columnsLength;
    private readonly int _scratchLength;

    public Im2ColPlan(Conv2dShape shape, ConvolutionPass pass, int items, int maxThreads)
    {
        Shape = shape;
        Items = items;
        Workers = items >= maxThreads ? maxThreads : 1;
        _productThreads = items >= maxThreads ? 1 : maxThreads;
        RowsPerBand = (int)Math.Clamp(BandLength / ((long)shape.PatchLength * shape.Horizontal.Output), 1, shape.Vertical.Output);
        int pixels = RowsPerBand * shape.Horizontal.Output;
        _columnsLength = shape.IsPointwise ? 0 : Workspace.SizeOf(checked(shape.PatchLength * pixels));
        _scratchLength = GemmKernel.ScratchLength(pass switch
        {
            ConvolutionPass.Forward => new GemmShape(shape.GroupOutChannels, pixels, shape.PatchLength),
            ConvolutionPass.BackwardInput => new GemmShape(shape.PatchLength, pixels, shape.GroupOutChannels),
            _ => new GemmShape(shape.GroupOutChannels, shape.PatchLength, pixels),
        });
    }

    public Conv2dShape Shape { get; }

    /// <summary>Independent pieces of work.</summary>
    public int Items { get; }

    /// <summary>Threads over the items.</summary>
    public int Workers { get; }

    /// <summary>Output rows whose columns are in memory at once.</summary>
    public int RowsPerBand { get; }

    public int WorkspaceLength => checked(Workers * LengthPerWorker);

    private int LengthPerWorker => _columnsLength + Workspace.SizeOf(_scratchLength);

    /// <summary>A worker's columns: [patch length, pixels of a band].</summary>
    public float* Columns(float* workspace, int worker) => workspace + (nint)worker * LengthPerWorker;

    public void Multiply(GemmShape shape, MatrixView a, MatrixView b, float* c, nint ldc, bool accumulate, float* workspace, int worker)
    {
        if (_productThreads > 1)
        {
            GemmPrimitives.MultiplyAscending(shape, a, b, c, ldc, accumulate, _productThreads);
        }
        else
        {
            GemmKernel.Multiply(shape, a, b, c, ldc, new TileStore { Accumulates = accumulate }, Columns(workspace, worker) + _columnsLength);
        }
    }

    /// <summary>The planes of a group in an image of the input: [channels of the group, height, width].</summary>
    public float* GroupInput(float* input, int image, int group) =>
        input + ((nint)image * Shape.InChannels + (nint)group * Shape.GroupInChannels) * Shape.InputPlane;

    /// <summary>The planes of a group in an image of the output.</summary>
    public float* GroupOutput(float* output, int image, int group) =>
        output + ((nint)image * Shape.OutChannels + (nint)group * Shape.GroupOutChannels) * Shape.OutputPlane;

    /// <summary>The filters of a group: [out channels of the group, patch length].</summary>
    public float* GroupWeight(float* weight, int group) => weight + (nint)group * Shape.GroupOutChannels * Shape.PatchLength;
}
