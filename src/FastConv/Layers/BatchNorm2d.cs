using FastConv.Primitives;
using FastConv.Shapes;

namespace FastConv.Layers;

/// <summary>
/// Batch normalisation of images [batch, channels, height, width].
/// Source: https://pytorch.org/docs/stable/generated/torch.nn.BatchNorm2d.html
/// </summary>
public sealed class BatchNorm2d : BatchNormLayer
{
    /// <summary>Starts with weight 1, bias 0, running mean 0 and running variance 1.</summary>
    /// <param name="channels">Channels of the images.</param>
    /// <param name="epsilon">What is added to the variance.</param>
    /// <param name="momentum">The weight of the newest batch in the running statistics; null for the mean over all batches.</param>
    /// <param name="affine">Whether the layer learns a factor and an offset for each channel.</param>
    /// <exception cref="ArgumentException">Channels below 1, an epsilon not above 0, or a momentum not in [0, 1].</exception>
    public BatchNorm2d(int channels, float epsilon = 1e-5f, float? momentum = 0.1f, bool affine = true)
        : this(epsilon, momentum, affine)
    {
        Require.Positive(nameof(BatchNorm2d), nameof(channels), channels);
        SetChannels(channels);
    }

    private BatchNorm2d(float epsilon, float? momentum, bool affine)
        : base(epsilon, momentum, affine)
    {
    }

    /// <summary>A layer that takes its number of channels from <see cref="Layer.Build"/> or the first <see cref="Layer.Forward"/>.</summary>
    /// <inheritdoc cref="BatchNorm2d(int, float, float?, bool)"/>
    public static BatchNorm2d Lazy(float epsilon = 1e-5f, float? momentum = 0.1f, bool affine = true) => new(epsilon, momentum, affine);

    private protected override void RequireRank(TensorShape inputShape)
    {
        if (inputShape.Rank != 4)
        {
            throw Refuse($"expects [batch, channels, height, width], input is {inputShape}");
        }
    }
}
