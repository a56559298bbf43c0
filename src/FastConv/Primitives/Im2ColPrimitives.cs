using FastConv.Kernels.Convolution;
using FastConv.Parallelism;
using FastConv.Shapes;

namespace FastConv.Primitives;

/// <summary>
/// Windows as columns, and back. The columns are [batch, in channels * kernel height * kernel width, output height * output width], whatever
/// the groups. Source: https://pytorch.org/docs/stable/generated/torch.nn.Unfold.html
/// </summary>
public static unsafe class Im2ColPrimitives
{
    /// <summary>Floats of columns that a shape's images make.</summary>
    /// <exception cref="ArgumentException">More than one array can hold.</exception>
    public static int ColumnsLength(Conv2dShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        long rows = (long)shape.Batch * shape.InChannels * (shape.Vertical.Window * shape.Horizontal.Window);
        return rows <= Array.MaxLength / shape.OutputPlane
            ? (int)rows * shape.OutputPlane
            : throw new ArgumentException($"Im2Col: the columns of {shape} are more than one array can hold ({Array.MaxLength}).", nameof(shape));
    }

    /// <summary>columns[n, (c, kh, kw), (oh, ow)] = the pixel under tap (kh, kw) of window (oh, ow), zero where that is padding.</summary>
    /// <param name="shape">All sizes; of the output channels nothing is used.</param>
    /// <param name="input">[batch, in channels, height, width].</param>
    /// <param name="columns"><see cref="ColumnsLength"/> elements; overwritten.</param>
    /// <exception cref="ArgumentException">A span of the wrong length, or the two overlap.</exception>
    public static void Im2Col(Conv2dShape shape, ReadOnlySpan<float> input, Span<float> columns)
    {
        const string Op = "Im2Col";
        Require.Length(Op, nameof(columns), ColumnsLength(shape), columns.Length);
        Require.Length(Op, nameof(input), shape.InputShape.Length, input.Length);
        Require.NoOverlap(Op, nameof(input), input, nameof(columns), columns);
        fixed (float* x = input, c = columns)
        {
            var job = new Im2ColJob(shape, x, c);
            WorkerTeam.Run(ref job, shape.Batch * shape.InChannels, ThreadGate.ThreadsForCopy(columns.Length));
        }
    }

    /// <summary>gradInput = for every pixel the sum of the column elements that Im2Col copies it to: Im2Col's adjoint.</summary>
    /// <param name="shape">All sizes; of the output channels nothing is used.</param>
    /// <param name="columns"><see cref="ColumnsLength"/> elements.</param>
    /// <param name="gradInput">[batch, in channels, height, width]; overwritten.</param>
    /// <exception cref="ArgumentException">A span of the wrong length, or the two overlap.</exception>
    public static void Col2Im(Conv2dShape shape, ReadOnlySpan<float> columns, Span<float> gradInput)
    {
        const string Op = "Col2Im";
        Require.Length(Op, nameof(columns), ColumnsLength(shape), columns.Length);
        Require.Length(Op, nameof(gradInput), shape.InputShape.Length, gradInput.Length);
        Require.NoOverlap(Op, nameof(columns), columns, nameof(gradInput), gradInput);
        fixed (float* c = columns, dx = gradInput)
        {
            var job = new Col2ImJob(shape, c, dx);
            WorkerTeam.Run(ref job, shape.Batch * shape.InChannels, ThreadGate.ThreadsForCopy(columns.Length));
        }
    }

    private static int PlaneColumns(Conv2dShape shape) => shape.Vertical.Window * shape.Horizontal.Window * shape.OutputPlane;

    private readonly struct Im2ColJob(Conv2dShape shape, float* input, float* columns) : IParallelJob
    {
        public void Execute(int index, int worker) => Im2ColKernel.Copy(
            shape.Vertical,
            shape.Horizontal,
            channels: 1,
            firstRow: 0,
            shape.Vertical.Output,
            input + (nint)index * shape.InputPlane,
            columns + (nint)index * PlaneColumns(shape));
    }

    private readonly struct Col2ImJob(Conv2dShape shape, float* columns, float* gradInput) : IParallelJob
    {
        public void Execute(int index, int worker)
        {
            float* plane = gradInput + (nint)index * shape.InputPlane;
            new Span<float>(plane, shape.InputPlane).Clear();
            Col2ImKernel.Add(
                shape.Vertical, shape.Horizontal, channels: 1, firstRow: 0, shape.Vertical.Output, columns + (nint)index * PlaneColumns(shape), plane);
        }
    }
}
