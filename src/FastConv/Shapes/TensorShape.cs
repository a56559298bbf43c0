using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace FastConv.Shapes;

/// <summary>
/// The sizes of a tensor, outermost first; row-major, so the last is contiguous. Every size is at least 1, and the product
/// fits one array. The default value is the shape of a scalar.
/// </summary>
[CollectionBuilder(typeof(TensorShape), nameof(Create))]
public readonly struct TensorShape : IEquatable<TensorShape>
{
    private readonly int[]? _dimensions;

    private TensorShape(int[] dimensions, int length)
    {
        _dimensions = dimensions;
        Count = length;
    }

    /// <summary>How many sizes there are.</summary>
    public int Rank => _dimensions?.Length ?? 0;

    /// <summary>How many elements a tensor of this shape has.</summary>
    public int Length => _dimensions is null ? 1 : Count;

    private int Count { get; }

    /// <summary>The sizes, outermost first.</summary>
    public ReadOnlySpan<int> Dimensions => _dimensions;

    /// <summary>The size of one axis; <c>^1</c> is the innermost.</summary>
    public int this[Index axis] => Dimensions[axis];

    /// <summary>Checks and keeps a copy of the sizes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size below 1.</exception>
    /// <exception cref="ArgumentException">The product is beyond the largest array.</exception>
    public static TensorShape Create(ReadOnlySpan<int> dimensions) => new(dimensions.ToArray(), LengthOf(dimensions));

    /// <summary>The product of sizes that are checked as <see cref="Create"/> does it, without a shape being made.</summary>
    internal static int LengthOf(params ReadOnlySpan<int> dimensions)
    {
        long length = 1;
        foreach (int dimension in dimensions)
        {
            if (dimension < 1)
            {
                throw new ArgumentOutOfRangeException(nameof(dimensions), $"every size of a tensor is at least 1, received {Format(dimensions)}.");
            }

            length *= dimension;
            if (length > Array.MaxLength)
            {
                throw new ArgumentException($"the shape {Format(dimensions)} has more elements than one array can hold ({Array.MaxLength}).", nameof(dimensions));
            }
        }

        return (int)length;
    }

    /// <summary>The same sizes with another first one.</summary>
    /// <exception cref="InvalidOperationException">The shape is a scalar's.</exception>
    public TensorShape WithBatch(int batch)
    {
        if (Rank == 0)
        {
            throw new InvalidOperationException("a scalar has no batch axis.");
        }

        int[] dimensions = Dimensions.ToArray();
        dimensions[0] = batch;
        return Create(dimensions);
    }

    /// <summary>The sizes without the first one: of a batch, the shape of one sample.</summary>
    /// <exception cref="InvalidOperationException">The shape is a scalar's.</exception>
    public TensorShape WithoutBatch() =>
        Rank == 0 ? throw new InvalidOperationException("a scalar has no batch axis.") : Create(Dimensions[1..]);

    /// <summary>The sizes with <paramref name="batch"/> put before them: of a sample, the shape of a batch.</summary>
    public TensorShape BatchOf(int batch) => Create([batch, .. Dimensions]);

    /// <summary>For collection expressions and <c>foreach</c>.</summary>
    public ReadOnlySpan<int>.Enumerator GetEnumerator() => Dimensions.GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(TensorShape other) => Dimensions.SequenceEqual(other.Dimensions);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is TensorShape other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (int dimension in Dimensions)
        {
            hash.Add(dimension);
        }

        return hash.ToHashCode();
    }

    /// <summary>As in error messages: <c>[8, 64, 56, 56]</c>.</summary>
    public override string ToString() => Format(Dimensions);

    /// <summary>Whether rank and all sizes are the same.</summary>
    public static bool operator ==(TensorShape left, TensorShape right) => left.Equals(right);

    /// <summary>Whether rank or a size differs.</summary>
    public static bool operator !=(TensorShape left, TensorShape right) => !left.Equals(right);

    private static string Format(ReadOnlySpan<int> dimensions) => $"[{string.Join(", ", dimensions.ToArray())}]";
}
