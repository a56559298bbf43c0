using FastConv.Shapes;
using FastConv.Tensors;

namespace FastConv.Layers;

/// <summary>
/// A layer without layers inside. It supplies the shape of its output, its formula for prediction and its gradient; output and gradient
/// tensors lie in the memory that the model has planned. A layer of one's own derives from this class.
/// </summary>
public abstract class LeafLayer : Layer
{
    /// <summary>Computes the output in the mode of <see cref="Layer.IsTraining"/>; unless overridden, that of prediction.</summary>
    /// <param name="input">A tensor whose shape <see cref="Layer.OutputShape"/> takes.</param>
    /// <param name="output">Of the output shape, contents unknown; write every element.</param>
    protected virtual void ForwardCore(Tensor input, Tensor output) => InferCore(input.Shape, input.Span, output.Span);

    /// <summary>Computes the output in evaluation mode. Called by many threads at once: changes nothing but the output.</summary>
    /// <param name="inputShape">A shape that <see cref="Layer.OutputShape"/> takes.</param>
    /// <param name="input">The input.</param>
    /// <param name="output">Contents unknown; write every element.</param>
    protected abstract void InferCore(TensorShape inputShape, ReadOnlySpan<float> input, Span<float> output);

    /// <summary>Adds to the gradients of the parameters and writes the gradient of the input.</summary>
    /// <param name="input">The input of the last forward pass.</param>
    /// <param name="output">The output of the last forward pass.</param>
    /// <param name="gradOutput">Of the shape of the output; only read.</param>
    /// <param name="gradInput">Of the shape of the input, contents unknown, to be overwritten; null when it is not needed.</param>
    protected abstract void BackwardCore(Tensor input, Tensor output, Tensor gradOutput, Tensor? gradInput);

    /// <summary>Whether backward reads the input of forward.</summary>
    internal virtual bool BackwardReadsInput => true;

    /// <summary>Whether backward reads the output of forward.</summary>
    internal virtual bool BackwardReadsOutput => true;

    /// <summary>What forward leaves for backward in <see cref="StepSlot.Saved"/>; null for nothing.</summary>
    internal virtual TensorShape? SavedShape(TensorShape inputShape) => null;

    internal override StepBlock PlanForward(StepPlanner planner, StepBlock input)
    {
        StepBlock output = planner.Take(this, StepSlot.Output, OutputShape(input.Shape));
        planner.Read(input);
        planner.Remember(this, input, output);
        if (BackwardReadsInput)
        {
            StepPlanner.Keep(input);
        }

        if (BackwardReadsOutput)
        {
            StepPlanner.Keep(output);
        }

        if (SavedShape(input.Shape) is { } saved)
        {
            StepPlanner.Keep(planner.Take(this, StepSlot.Saved, saved));
        }

        planner.Advance();
        return output;
    }

    internal override StepBlock PlanBackward(StepPlanner planner, StepBlock gradOutput)
    {
        StepBlock gradInput = planner.Take(this, StepSlot.GradInput, planner.InputOf(this).Shape);
        planner.Read(gradOutput);
        planner.Advance();
        return gradInput;
    }

    internal override Tensor Run(Tensor input, StepMemory memory)
    {
        Tensor output = StepTensor(StepSlot.Output);
        ForwardCore(input, output);
        return output;
    }

    internal override Tensor? RunBackward(Tensor gradOutput, bool needsInputGradient)
    {
        Tensor? gradInput = needsInputGradient ? StepTensor(StepSlot.GradInput) : null;
        if (needsInputGradient || HasParameters)
        {
            BackwardCore(LastInput, LastOutput, gradOutput, gradInput);
        }

        return gradInput;
    }

    internal sealed override void Infer(TensorShape inputShape, ReadOnlySpan<float> input, Span<float> output) =>
        InferCore(inputShape, input, output);
}
