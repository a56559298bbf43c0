using System.Numerics.Tensors;
using FastConv.Memory;
using FastConv.Shapes;

namespace FastConv.Tensors;

/// <summary>
/// Contiguous, row-major float32 values with a shape; images are NCHW. The memory is 64-byte aligned and garbage-collected.
/// </summary>
public sealed class Tensor
{
    private const int MostAxesOnStack = 64;

    private readonly AlignedBuffer _buffer;

    /// <summary>Zeros of the given sizes, outermost first.</summary>
    /// <exception cref="ArgumentException">A size is below 1, or the product is beyond the largest array.</exception>
    public Tensor(params ReadOnlySpan<int> dimensions)
        : this(TensorShape.Create(dimensions))
    {
    }

    /// <summary>Zeros of the given shape.</summary>
    public Tensor(TensorShape shape)
        : this(shape, AlignedBuffer.Zeroed(shape.Length))
    {
    }

    internal Tensor(TensorShape shape, AlignedBuffer buffer)
    {
        Shape = shape;
        _buffer = buffer;
    }

    /// <summary>The sizes, outermost first.</summary>
    public TensorShape Shape { get; }

    /// <summary>How many elements there are.</summary>
    public int Length => Shape.Length;

    /// <summary>
    /// All elements, in row-major order. A layer keeps what it derives from its weights until somebody asks for this span (or sets an element), so ask
    /// again for each time that you write.
    /// </summary>
    public Span<float> Span => _buffer.SpanToWrite();

    /// <summary>All elements, in row-major order, for reading.</summary>
    public ReadOnlySpan<float> Values => _buffer.Span;

    /// <summary>What the values lie in; views share it.</summary>
    internal AlignedBuffer Buffer => _buffer;

    /// <summary>Changes when the values may have changed; shared by all tensors over the same memory.</summary>
    internal int Version => _buffer.Version;

    /// <summary>The first element's address, 64-byte aligned, valid while this tensor is reachable.</summary>
    internal unsafe float* Pointer => _buffer.Pointer;

    /// <summary>One element, by one index an axis.</summary>
    /// <exception cref="ArgumentException">Not one index an axis.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index outside its axis.</exception>
    public float this[params ReadOnlySpan<int> indices]
    {
        get => Values[Offset(indices)];
        set => Span[Offset(indices)] = value;
    }

    /// <summary>A tensor with a copy of the values.</summary>
    /// <exception cref="ArgumentException">The number of values is not the product of the sizes.</exception>
    public static Tensor From(ReadOnlySpan<float> values, params ReadOnlySpan<int> dimensions)
    {
        TensorShape shape = TensorShape.Create(dimensions);
        if (values.Length != shape.Length)
        {
            throw new ArgumentException($"Tensor.From: the shape {shape} has {shape.Length} elements, received {values.Length} values.", nameof(values));
        }

        var tensor = new Tensor(shape, AlignedBuffer.Uninitialized(shape.Length));
        values.CopyTo(tensor.Span);
        return tensor;
    }

    /// <summary>Whatever the memory held before: for results that are written in full.</summary>
    internal static Tensor Uninitialized(TensorShape shape) => new(shape, AlignedBuffer.Uninitialized(shape.Length));

    /// <summary>A stretch of a buffer.</summary>
    internal static Tensor Part(AlignedBuffer buffer, int offset, TensorShape shape) => new(shape, buffer.Part(offset, shape.Length));

    /// <summary>The same memory under another shape. One size may be -1: it takes what the others leave.</summary>
    /// <exception cref="ArgumentException">The shapes have different lengths.</exception>
    public Tensor Reshape(params ReadOnlySpan<int> dimensions)
    {
        int open = dimensions.IndexOf(-1);
        TensorShape shape;
        if (open < 0)
        {
            shape = TensorShape.Create(dimensions);
        }
        else
        {
            int[] filled = dimensions.ToArray();
            filled[open] = 1;
            int rest = TensorShape.Create(filled).Length;
            filled[open] = Math.Max(1, Length / rest);
            shape = TensorShape.Create(filled);
        }

        return Reshape(shape);
    }

    /// <summary>The same memory under another shape.</summary>
    /// <exception cref="ArgumentException">The shapes have different lengths.</exception>
    public Tensor Reshape(TensorShape shape) => shape.Length == Length
        ? new Tensor(shape, _buffer)
        : throw new ArgumentException($"Tensor.Reshape: {Shape} has {Length} elements, {shape} has {shape.Length}.", nameof(shape));

    /// <summary>A view for <c>System.Numerics.Tensors</c>; it shares this tensor's memory. A scalar, which has no axis there, gets one.</summary>
    public TensorSpan<float> AsTensorSpan()
    {
        if (Shape.Rank == 0)
        {
            return new TensorSpan<float>(Span);
        }

        // A file or a user may give any number of axes: a stack has no room for all.
        Span<nint> lengths = Shape.Rank <= MostAxesOnStack ? stackalloc nint[Shape.Rank] : new nint[Shape.Rank];
        for (int axis = 0; axis < lengths.Length; axis++)
        {
            lengths[axis] = Shape[axis];
        }

        return new TensorSpan<float>(Span, lengths);
    }

    /// <summary>A copy with memory of its own.</summary>
    public Tensor Clone() => From(Values, Shape.Dimensions);

    /// <summary>Shape and the first few values, for a debugger or a log line.</summary>
    public override string ToString()
    {
        const int Shown = 6;
        string values = string.Join(", ", Values[..Math.Min(Shown, Length)].ToArray());
        return $"Tensor {Shape} {{ {values}{(Length > Shown ? ", ..." : "")} }}";
    }

    private int Offset(ReadOnlySpan<int> indices)
    {
        if (indices.Length != Shape.Rank)
        {
            throw new ArgumentException($"Tensor {Shape} takes {Shape.Rank} indices, received {indices.Length}.", nameof(indices));
        }

        int offset = 0;
        for (int axis = 0; axis < indices.Length; axis++)
        {
            if ((uint)indices[axis] >= (uint)Shape[axis])
            {
                throw new ArgumentOutOfRangeException(nameof(indices), $"index {indices[axis]} of axis {axis} is outside of {Shape}.");
            }

            offset = offset * Shape[axis] + indices[axis];
        }

        return offset;
    }
}
