using FastConv.Memory;
using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tensors;

namespace FastConv.Layers;

/// <summary>
/// Branches over the same input, their outputs [batch, channels, ...] side by side over the channels; called <c>0</c>, <c>1</c>, ...
/// Source: Szegedy et al., "Going deeper with convolutions" (CVPR 2015).
/// </summary>
public sealed class Concat : Layer
{
    /// <summary>Joins the given branches, in this order.</summary>
    /// <exception cref="ArgumentException">There is no branch, or one is in a container already, or is given twice.</exception>
    public Concat(params ReadOnlySpan<Layer> branches)
    {
        if (branches.IsEmpty)
        {
            throw Refuse("expects at least one branch");
        }

        Adopt(Sequential.Numbered(branches));
    }

    /// <inheritdoc/>
    public override TensorShape OutputShape(TensorShape inputShape) => Walk(inputShape, visit: null);

    internal override TensorShape Walk(TensorShape inputShape, Action<Layer, TensorShape>? visit)
    {
        visit?.Invoke(this, inputShape);
        TensorShape first = default;
        long channels = 0;
        for (int index = 0; index < Inner.Length; index++)
        {
            TensorShape shape = Inner[index].Walk(inputShape, visit);
            first = index == 0 ? shape : first;
            if (shape.Rank < 2 || shape.Rank != first.Rank || shape[0] != first[0] || !shape.Dimensions[2..].SequenceEqual(first.Dimensions[2..]))
            {
                throw Refuse(
                    $"branches expect outputs [batch, channels, ...] that differ in channels only, branch 0 makes {first} and branch {index} {shape} of the input {inputShape}");
            }

            channels += shape[1];
        }

        try
        {
            return [first[0], (int)Math.Min(channels, int.MaxValue), .. first.Dimensions[2..]];
        }
        catch (ArgumentException tooLarge)
        {
            throw Refuse(inputShape, tooLarge);
        }
    }

    internal override StepBlock PlanForward(StepPlanner planner, StepBlock input)
    {
        StepBlock output = planner.Take(this, StepSlot.Output, OutputShape(input.Shape));
        planner.Remember(this, input, output);
        foreach (Layer branch in Inner)
        {
            StepBlock part = branch.PlanForward(planner, input);
            planner.Remember(branch, input, part);
            planner.Read(part);
            planner.Advance();
        }

        planner.Read(output);
        return output;
    }

    internal override StepBlock PlanBackward(StepPlanner planner, StepBlock gradOutput)
    {
        StepBlock? sum = null;
        StepBlock? own = null;
        foreach (Layer branch in Inner)
        {
            StepBlock gradPart = planner.Take(branch, StepSlot.GradOutput, planner.OutputOf(branch).Shape);
            planner.Read(gradOutput);
            planner.Advance();
            StepBlock gradInput = branch.PlanBackward(planner, gradPart);
            if (sum is null)
            {
                sum = gradInput;
                continue;
            }

            own ??= planner.Take(this, StepSlot.GradInput, gradInput.Shape);
            planner.Read(sum);
            planner.Read(gradInput);
            planner.Advance();
            sum = own;
        }

        return sum!;
    }

    internal override Tensor Run(Tensor input, StepMemory memory)
    {
        Tensor output = StepTensor(StepSlot.Output);
        int batch = output.Shape[0];
        int offset = 0;
        foreach (Layer branch in Inner)
        {
            Tensor part = branch.ForwardWithin(input, memory);
            int partLength = part.Length / batch;
            ConcatPrimitives.CopyIn(batch, part.Span, partLength, output.Span, output.Length / batch, offset);
            offset += partLength;
        }

        return output;
    }

    internal override Tensor? RunBackward(Tensor gradOutput, bool needsInputGradient)
    {
        Tensor? sum = null;
        int batch = gradOutput.Shape[0];
        int offset = 0;
        foreach (Layer branch in Inner)
        {
            Tensor gradPart = branch.StepTensor(StepSlot.GradOutput);
            int partLength = gradPart.Length / batch;
            ConcatPrimitives.CopyOut(batch, gradOutput.Span, gradOutput.Length / batch, offset, gradPart.Span, partLength);
            offset += partLength;
            Tensor? gradInput = branch.Backward(gradPart, needsInputGradient);
            sum = sum is null || gradInput is null ? gradInput : Add(sum, gradInput);
        }

        return sum;
    }

    internal override void Infer(TensorShape inputShape, ReadOnlySpan<float> input, Span<float> output)
    {
        int offset = 0;
        foreach (Layer branch in Inner)
        {
            TensorShape shape = branch.OutputShape(inputShape);
            int batch = shape[0];
            int partLength = shape.Length / batch;
            AlignedBuffer rented = BufferPool.Rent(shape.Length);
            try
            {
                Span<float> part = rented.Span[..shape.Length];
                branch.Infer(inputShape, input, part);
                ConcatPrimitives.CopyIn(batch, part, partLength, output, output.Length / batch, offset);
            }
            finally
            {
                BufferPool.Return(rented);
            }

            offset += partLength;
        }
    }

    // Into memory of its own: the first sum is a branch's tensor, or the gradient itself.
    private Tensor Add(Tensor sum, Tensor gradInput)
    {
        Tensor own = StepTensor(StepSlot.GradInput);
        AddPrimitives.Add(sum.Span, gradInput.Span, own.Span);
        return own;
    }
}
