using System.Runtime.InteropServices;
using FastConv.Primitives;
using FastConv.Randomness;
using FastConv.Shapes;
using FastConv.Tensors;

namespace FastConv.Layers;

/// <summary>
/// In training drops each element with a probability and scales the others by 1 / (1 - probability); in evaluation the identity, without
/// a copy. Which elements is a pure function of seed, step and position, so results do not depend on threads. Source: https://pytorch.org/docs/stable/generated/torch.nn.Dropout.html
/// </summary>
public sealed class Dropout : LeafLayer, IRandomLayer
{

    /// <summary>With a random seed.</summary>
    /// <param name="probability">The share that is dropped, from 0 to 1.</param>
    /// <exception cref="ArgumentException">The probability is not in [0, 1].</exception>
    public Dropout(float probability = 0.5f)
    {
        Require.InRange(nameof(Dropout), nameof(probability), 0, 1, probability);
        Probability = probability;
        Reset(Unseeded());
    }

    /// <summary>The share that is dropped.</summary>
    public float Probability { get; }

    /// <inheritdoc/>
    public long Seed { get; set; }

    /// <inheritdoc/>
    public long Passes { get; set; }

    internal override bool InfersInPlace => true;

    /// <inheritdoc/>
    public override TensorShape OutputShape(TensorShape inputShape) => inputShape;

    internal override StepBlock PlanForward(StepPlanner planner, StepBlock input)
    {
        StepBlock output = planner.Take(this, StepSlot.Output, input.Shape, passedOn: input);
        planner.Read(input);
        planner.Remember(this, input, output);
        StepPlanner.Keep(planner.Take(this, StepSlot.Saved, [(input.Shape.Length - 1) / sizeof(float) + 1]));
        planner.Advance();
        return output;
    }

    internal override StepBlock PlanBackward(StepPlanner planner, StepBlock gradOutput)
    {
        StepBlock gradInput = planner.Take(this, StepSlot.GradInput, gradOutput.Shape, passedOn: gradOutput);
        planner.Read(gradOutput);
        planner.Advance();
        return gradInput;
    }

    internal override Tensor Run(Tensor input, StepMemory memory) => IsTraining ? base.Run(input, memory) : input;

    internal override Tensor? RunBackward(Tensor gradOutput, bool needsInputGradient) =>
        ForwardWasTraining ? base.RunBackward(gradOutput, needsInputGradient)
        : needsInputGradient ? gradOutput
        : null;

    /// <inheritdoc/>
    protected override void Reset(RandomSource random)
    {
        Seed = (long)random.NextUInt32() << 32 | random.NextUInt32();
        Passes = 0;
    }

    /// <inheritdoc/>
    protected override void ForwardCore(Tensor input, Tensor output)
    {
        Passes++;
        DropoutPrimitives.Forward(input.Values, Probability, Seed, Passes, output.Span, Kept(input.Length));
    }

    /// <inheritdoc/>
    protected override void InferCore(TensorShape inputShape, ReadOnlySpan<float> input, Span<float> output)
    {
        if (!IsSameMemory(input, output))
        {
            input.CopyTo(output);
        }
    }

    /// <inheritdoc/>
    protected override void BackwardCore(Tensor input, Tensor output, Tensor gradOutput, Tensor? gradInput) =>
        DropoutPrimitives.Backward(gradOutput.Values, Kept(input.Length), Probability, gradInput!.Span);

    // The mask is bytes in the memory of a step, which is floats.
    private Span<byte> Kept(int length) => MemoryMarshal.AsBytes(StepTensor(StepSlot.Saved).Span)[..length];
}
