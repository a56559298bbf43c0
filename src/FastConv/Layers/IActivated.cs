using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tensors;

namespace FastConv.Layers;

/// <summary>A leaf that can apply an activation in the pass that writes its output, and take it back in its backward pass.</summary>
internal interface IActivated
{
    /// <summary>Whether it does so: not if it has an activation of its own.</summary>
    bool TakesActivation { get; }

    /// <inheritdoc cref="LeafLayer.ForwardCore"/>
    void Forward(Tensor input, Tensor output, Activation activation);

    /// <inheritdoc cref="LeafLayer.InferCore"/>
    void Infer(TensorShape inputShape, ReadOnlySpan<float> input, Span<float> output, Activation activation);

    /// <summary>Backward from the gradient after the activation.</summary>
    void Backward(Tensor input, Tensor output, Tensor gradOutput, Tensor? gradInput, Activation activation);
}
