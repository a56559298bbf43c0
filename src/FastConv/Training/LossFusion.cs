using System.Numerics.Tensors;
using FastConv.Layers;
using FastConv.Losses;
using Tensor = FastConv.Tensors.Tensor;

namespace FastConv.Training;

/// <summary>
/// Backward of a model and its loss. A sigmoid at the end of a chain and the binary cross-entropy of what it returns are done as one, which saves a pass
/// and keeps the gradient where the probability has rounded to 0 or 1. Cross-entropy contains its softmax already.
/// </summary>
internal static class LossFusion
{
    /// <summary>Adds the gradients of all parameters.</summary>
    /// <param name="model">After its forward.</param>
    /// <param name="loss">After its forward.</param>
    /// <param name="weight">What the loss counts times.</param>
    public static void Backward(Layer model, Loss loss, float weight = 1)
    {
        if (loss is BceLoss bce && model is Sequential chain && chain.EndsIn<Sigmoid>())
        {
            chain.BackwardBeforeLast(Weighted(bce.BackwardThroughSigmoid(), weight));
            return;
        }

        model.Backward(Weighted(loss.Backward(), weight), needsInputGradient: false);
    }

    private static Tensor Weighted(Tensor gradient, float weight)
    {
        if (weight != 1)
        {
            TensorPrimitives.Multiply(gradient.Values, weight, gradient.Span);
        }

        return gradient;
    }
}
