using FastConv.Randomness;
using FastConv.Shapes;

namespace FastConv.Data;

/// <summary>
/// A change of one sample, for <see cref="TransformedDataset"/>. It keeps nothing from one call to the next, so it may be used from many threads, and
/// whatever is random in it comes from the numbers it is given.
/// </summary>
public interface ITransform
{
    /// <summary>The shape that samples of a shape get.</summary>
    /// <param name="input">Without a batch axis: <c>[channels, height, width]</c> for images.</param>
    /// <exception cref="ArgumentException">The transform does not take such samples.</exception>
    TensorShape OutputShape(TensorShape input);

    /// <summary>Changes one sample.</summary>
    /// <param name="shape">A shape that <see cref="OutputShape"/> took.</param>
    /// <param name="image">As long as the shape says.</param>
    /// <param name="result">As long as the output shape says; every element is overwritten. It does not overlap the image.</param>
    /// <param name="random">Where all random choices come from, in the same order for every sample.</param>
    /// <exception cref="ArgumentException">Another shape, a span of another length, or spans that overlap; nothing is written then.</exception>
    void Apply(TensorShape shape, ReadOnlySpan<float> image, Span<float> result, RandomSource random);
}
