using FastConv.Memory;
using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tensors;

namespace FastConv.Layers;

/// <summary>
/// body(x) + shortcut(x), where the shortcut is x itself unless given. The children are called <c>body</c> and <c>shortcut</c>.
/// Source: He et al., "Deep residual learning for image recognition" (CVPR 2016).
/// </summary>
public sealed class Residual : Layer
{
    private readonly Layer _body;
    private readonly Layer? _shortcut;

    /// <summary>A sum of two branches, of which the second is usually left out, or a 1x1 convolution that changes channels or stride.</summary>
    /// <exception cref="ArgumentException">A layer is in a container already, or both are the same.</exception>
    public Residual(Layer body, Layer? shortcut = null)
    {
        _body = body;
        _shortcut = shortcut;
        Adopt(shortcut is null ? [("body", body)] : [("body", body), ("shortcut", shortcut)]);
    }

    /// <inheritdoc/>
    public override TensorShape OutputShape(TensorShape inputShape) => Walk(inputShape, visit: null);

    internal override TensorShape Walk(TensorShape inputShape, Action<Layer, TensorShape>? visit)
    {
        visit?.Invoke(this, inputShape);
        TensorShape body = _body.Walk(inputShape, visit);
        TensorShape shortcut = _shortcut?.Walk(inputShape, visit) ?? inputShape;
        return body == shortcut
            ? body
            : throw Refuse($"the sum expects two equal shapes, body makes {body} and shortcut {shortcut} of the input {inputShape}");
    }

    internal override StepBlock PlanForward(StepPlanner planner, StepBlock input)
    {
        StepBlock body = _body.PlanForward(planner, input);
        StepBlock shortcut = _shortcut?.PlanForward(planner, input) ?? input;
        return PlanSum(planner, StepSlot.Output, body, shortcut);
    }

    internal override StepBlock PlanBackward(StepPlanner planner, StepBlock gradOutput)
    {
        StepBlock body = _body.PlanBackward(planner, gradOutput);
        StepBlock shortcut = _shortcut?.PlanBackward(planner, gradOutput) ?? gradOutput;
        return PlanSum(planner, StepSlot.GradInput, body, shortcut);
    }

    internal override Tensor Run(Tensor input, StepMemory memory)
    {
        Tensor body = _body.ForwardWithin(input, memory);
        Tensor shortcut = _shortcut?.ForwardWithin(input, memory) ?? input;
        Tensor output = StepTensor(StepSlot.Output);
        AddPrimitives.Add(body.Span, shortcut.Span, output.Span);
        return output;
    }

    internal override Tensor? RunBackward(Tensor gradOutput, bool needsInputGradient)
    {
        Tensor? body = _body.Backward(gradOutput, needsInputGradient);
        Tensor? shortcut = _shortcut is null ? gradOutput : _shortcut.Backward(gradOutput, needsInputGradient);
        if (!needsInputGradient)
        {
            return null;
        }

        Tensor gradInput = StepTensor(StepSlot.GradInput);
        AddPrimitives.Add(body!.Span, shortcut!.Span, gradInput.Span);
        return gradInput;
    }

    internal override void Infer(TensorShape inputShape, ReadOnlySpan<float> input, Span<float> output)
    {
        _body.Infer(inputShape, input, output);
        if (_shortcut is null)
        {
            AddPrimitives.Add(output, input, output);
            return;
        }

        AlignedBuffer rented = BufferPool.Rent(output.Length);
        try
        {
            Span<float> shortcut = rented.Span[..output.Length];
            _shortcut.Infer(inputShape, input, shortcut);
            AddPrimitives.Add(output, shortcut, output);
        }
        finally
        {
            BufferPool.Return(rented);
        }
    }

    private StepBlock PlanSum(StepPlanner planner, StepSlot slot, StepBlock body, StepBlock shortcut)
    {
        StepBlock sum = planner.Take(this, slot, body.Shape);
        planner.Read(body);
        planner.Read(shortcut);
        planner.Advance();
        return sum;
    }
}
