using FastConv.Primitives;
using FastConv.Tensors;

namespace FastConv.Layers;

/// <summary>The weights of a convolution with a batch normalisation folded in, good until somebody asks to write to one of either's tensors.</summary>
internal sealed class FoldedWeights
{
    private readonly (int, int, int, int, int, int) _versions;

    public FoldedWeights(Conv2d convolution, BatchNorm2d norm)
    {
        _versions = VersionsOf(convolution, norm);
        Weight = Tensor.Uninitialized(convolution.Weight.Value.Shape);
        Bias = new Tensor(convolution.OutChannels);
        BatchNormPrimitives.Fold(
            convolution.OutChannels,
            convolution.Weight.Value.Values,
            ValuesOf(convolution.Bias),
            ValuesOf(norm.Weight),
            ValuesOf(norm.Bias),
            norm.RunningMean.Values,
            norm.RunningVariance.Values,
            norm.Epsilon,
            Weight.Span,
            Bias.Span);
    }

    public Tensor Weight { get; }

    public Tensor Bias { get; }

    public PackedFilters Packed { get; } = new();

    /// <summary>Whether they still are what the two layers hold.</summary>
    public bool IsOf(Conv2d convolution, BatchNorm2d norm) => _versions == VersionsOf(convolution, norm);

    private static ReadOnlySpan<float> ValuesOf(Parameter? parameter) => parameter is null ? default : parameter.Value.Values;

    private static (int, int, int, int, int, int) VersionsOf(Conv2d convolution, BatchNorm2d norm) =>
        (convolution.Weight.Value.Version,
            convolution.Bias?.Value.Version ?? 0,
            norm.Weight?.Value.Version ?? 0,
            norm.Bias?.Value.Version ?? 0,
            norm.RunningMean.Version,
            norm.RunningVariance.Version);
}
