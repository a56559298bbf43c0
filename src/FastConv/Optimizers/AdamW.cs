using FastConv.Primitives;
using FastConv.Tensors;

namespace FastConv.Optimizers;

/// <summary>
/// Adam with a weight decay that acts on the value itself and leaves the averages alone.
/// Source: https://pytorch.org/docs/stable/generated/torch.optim.AdamW.html
/// </summary>
public sealed class AdamW : Adam
{
    /// <summary>The options are explained at <see cref="AdamOptions"/>.</summary>
    /// <exception cref="ArgumentException">No parameter, one of them twice, or a number out of its range.</exception>
    public AdamW(
        IReadOnlyList<Parameter> parameters,
        double learningRate = 1e-3,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double epsilon = 1e-8,
        double weightDecay = 1e-2)
        : base(
            parameters,
            learningRate,
            new AdamOptions { Beta1 = beta1, Beta2 = beta2, Epsilon = epsilon, WeightDecay = weightDecay, DecoupledWeightDecay = true })
    {
    }
}
