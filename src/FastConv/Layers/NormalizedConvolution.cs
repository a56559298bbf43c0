using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tensors;

namespace FastConv.Layers;

/// <summary>
/// Neighbours of a chain in one: a convolution, its batch normalisation, and the ReLU behind it if there is one. Prediction folds the normalisation
/// into the weights: one convolution, no pass over its output. Like <see cref="ActivatedLayer"/> it is in nobody's list of children.
/// </summary>
internal sealed class NormalizedConvolution(Conv2d convolution, BatchNorm2d norm, Activation activation) : LeafLayer
{
    private FoldedWeights? _folded;

    internal override bool HasParameters => true;

    internal override bool BackwardReadsOutput => activation != Activation.None;

    public override TensorShape OutputShape(TensorShape inputShape) => convolution.OutputShape(inputShape);

    /// <summary>The convolution's sums, whose distance from the mean backward needs.</summary>
    internal override TensorShape? SavedShape(TensorShape inputShape) => OutputShape(inputShape);

    internal override StepBlock PlanBackward(StepPlanner planner, StepBlock gradOutput)
    {
        StepBlock gradSums = planner.Take(this, StepSlot.GradSaved, gradOutput.Shape);
        planner.Read(gradOutput);
        planner.Advance();
        return base.PlanBackward(planner, gradSums);
    }

    protected override void ForwardCore(Tensor input, Tensor output)
    {
        Tensor sums = StepTensor(StepSlot.Saved);
        Of(convolution).Forward(input, sums, Activation.None);
        Of(norm).Forward(sums, output, activation);
    }

    protected override void InferCore(TensorShape inputShape, ReadOnlySpan<float> input, Span<float> output)
    {
        FoldedWeights? folded = Volatile.Read(ref _folded);
        if (folded is null || !folded.IsOf(convolution, norm))
        {
            folded = new FoldedWeights(convolution, norm);
            Volatile.Write(ref _folded, folded);
        }

        convolution.Infer(inputShape, input, folded.Weight, folded.Bias.Values, output, activation, folded.Packed);
    }

    protected override void BackwardCore(Tensor input, Tensor output, Tensor gradOutput, Tensor? gradInput)
    {
        Tensor gradSums = StepTensor(StepSlot.GradSaved);
        Of(norm).Backward(StepTensor(StepSlot.Saved), output, gradOutput, gradSums, activation);
        Of(convolution).Backward(input, output, gradSums, gradInput, Activation.None);
    }

    private static IActivated Of(IActivated layer) => layer;
}
