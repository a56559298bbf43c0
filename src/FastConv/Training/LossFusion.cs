using FastConv.Layers;
using FastConv.Losses;

namespace FastConv.Training;

/// <summary>
/// Backward of a model and its loss. A sigmoid at the end of a chain and the binary cross-entropy of what it returns are done as one, which saves a pass
/// and keeps the gradient where the probability has rounded to 0 or 1. Cross-entropy contains its softmax already.
/// </summary>
internal static class LossFusion
{
    public static void Backward(Layer model, Loss loss)
    {
        if (loss is BceLoss bce && model is Sequential chain && chain.EndsIn<Sigmoid>())
        {
            chain.BackwardBeforeLast(bce.BackwardThroughSigmoid());
            return;
        }

        model.Backward(loss.Backward(), needsInputGradient: false);
    }
}
