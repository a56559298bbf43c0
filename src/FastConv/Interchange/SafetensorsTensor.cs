using FastConv.Shapes;

namespace FastConv.Interchange;

/// <summary>What the header of a safetensors file says of one tensor.</summary>
public sealed class SafetensorsTensor
{
    private readonly long[] _shape;

    internal SafetensorsTensor(string name, SafetensorsDType dtype, long[] shape, long count, long offset)
    {
        Name = name;
        DType = dtype;
        _shape = shape;
        Count = count;
        Offset = offset;
    }

    /// <summary>Its key in the header.</summary>
    public string Name { get; }

    /// <summary>The kind of its elements.</summary>
    public SafetensorsDType DType { get; }

    /// <summary>Its sizes, outermost first; empty for a scalar. A size may be 0.</summary>
    public IReadOnlyList<long> Shape => _shape;

    /// <summary>How many elements it has: the product of <see cref="Shape"/>.</summary>
    public long Count { get; }

    /// <summary>Where its elements begin, in bytes from the beginning of the file.</summary>
    public long Offset { get; }

    /// <summary>How many bytes its elements take.</summary>
    public long ByteLength => Count * SafetensorsDTypes.SizeOf(DType);

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {SafetensorsDTypes.NameOf(DType)} [{string.Join(", ", _shape)}]";

    /// <summary>Whether it has these very sizes.</summary>
    internal bool HasShape(TensorShape shape)
    {
        bool same = _shape.Length == shape.Rank;
        for (int axis = 0; same && axis < _shape.Length; axis++)
        {
            same = _shape[axis] == shape[axis];
        }

        return same;
    }
}
