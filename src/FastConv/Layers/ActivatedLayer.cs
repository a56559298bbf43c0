using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tensors;

namespace FastConv.Layers;

/// <summary>
/// Two neighbours of a chain in one: a layer and the <see cref="ReLU"/> behind it, which writes nothing of its own. It runs in their place and is in
/// nobody's list of children, so names, state and parameters stay theirs.
/// </summary>
internal sealed class ActivatedLayer(LeafLayer layer, Activation activation) : LeafLayer
{
    private readonly IActivated _activated = (IActivated)layer;

    internal override bool HasParameters => layer.HasParameters;

    internal override bool BackwardReadsInput => layer.BackwardReadsInput;

    internal override bool InfersInPlace => layer.InfersInPlace;

    public override TensorShape OutputShape(TensorShape inputShape) => layer.OutputShape(inputShape);

    protected override void ForwardCore(Tensor input, Tensor output) => _activated.Forward(input, output, activation);

    protected override void InferCore(TensorShape inputShape, ReadOnlySpan<float> input, Span<float> output) =>
        _activated.Infer(inputShape, input, output, activation);

    protected override void BackwardCore(Tensor input, Tensor output, Tensor gradOutput, Tensor? gradInput) =>
        _activated.Backward(input, output, gradOutput, gradInput, activation);
}
