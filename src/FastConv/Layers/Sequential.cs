using System.Globalization;
using FastConv.Memory;
using FastConv.Shapes;
using FastConv.Tensors;

namespace FastConv.Layers;

/// <summary>
/// Layers one after the other, called <c>0</c>, <c>1</c>, ... unless named; without any it is the identity.
/// Source: https://pytorch.org/docs/stable/generated/torch.nn.Sequential.html
/// </summary>
public sealed class Sequential : Layer
{
    // What runs: the layers, some neighbours as one.
    private readonly Layer[] _stages;

    /// <summary>A chain of the given layers.</summary>
    /// <exception cref="ArgumentException">A layer is in a container already, or is given twice.</exception>
    public Sequential(params ReadOnlySpan<Layer> layers)
        : this(Numbered(layers))
    {
    }

    private Sequential(ReadOnlySpan<(string Name, Layer Layer)> layers)
    {
        Adopt(layers);
        _stages = LayerFusion.Fuse(Inner);
    }

    internal override bool OwnsOutput => false;

    internal override bool InfersInPlace
    {
        get
        {
            bool inPlace = true;
            foreach (Layer layer in _stages)
            {
                inPlace &= layer.InfersInPlace;
            }

            return inPlace;
        }
    }

    /// <summary>One of the layers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public Layer this[Index index]
    {
        get
        {
            int offset = index.GetOffset(Inner.Length);
            ArgumentOutOfRangeException.ThrowIfNegative(offset, nameof(index));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(offset, Inner.Length, nameof(index));
            return Inner[offset];
        }
    }

    /// <summary>A chain of layers with names of their own (PyTorch's OrderedDict): <c>("features", ...), ("classifier", ...)</c>.</summary>
    /// <exception cref="ArgumentException">
    /// A layer is in a container already, or is given twice, or a name is; a name is empty or has a dot.
    /// </exception>
    public static Sequential Named(params ReadOnlySpan<(string Name, Layer Layer)> layers) => new(layers);

    /// <inheritdoc/>
    public override TensorShape OutputShape(TensorShape inputShape) => Walk(inputShape, visit: null);

    internal static (string Name, Layer Layer)[] Numbered(ReadOnlySpan<Layer> layers)
    {
        var named = new (string, Layer)[layers.Length];
        for (int index = 0; index < layers.Length; index++)
        {
            named[index] = (index.ToString(CultureInfo.InvariantCulture), layers[index]);
        }

        return named;
    }

    internal override TensorShape Walk(TensorShape inputShape, Action<Layer, TensorShape>? visit)
    {
        visit?.Invoke(this, inputShape);
        TensorShape shape = inputShape;
        foreach (Layer layer in Inner)
        {
            shape = layer.Walk(shape, visit);
        }

        return shape;
    }

    internal override StepBlock PlanForward(StepPlanner planner, StepBlock input)
    {
        StepBlock current = input;
        foreach (Layer stage in _stages)
        {
            current = stage.PlanForward(planner, current);
        }

        return current;
    }

    internal override StepBlock PlanBackward(StepPlanner planner, StepBlock gradOutput)
    {
        StepBlock gradient = gradOutput;
        for (int index = _stages.Length - 1; index >= 0; index--)
        {
            gradient = _stages[index].PlanBackward(planner, gradient);
        }

        return gradient;
    }

    internal override Tensor Run(Tensor input, StepMemory memory)
    {
        Tensor current = input;
        foreach (Layer stage in _stages)
        {
            current = stage.ForwardWithin(current, memory);
        }

        return current;
    }

    /// <summary>Whether the last layer is of this kind and does its work by itself.</summary>
    internal bool EndsIn<TLayer>()
        where TLayer : Layer => _stages is [.., TLayer];

    /// <summary>Backward without the last layer, from the gradient of its input, to the parameters alone.</summary>
    internal void BackwardBeforeLast(Tensor gradient) => RunBackward(gradient, _stages.Length - 1, needsInputGradient: false);

    internal override Tensor? RunBackward(Tensor gradOutput, bool needsInputGradient) => RunBackward(gradOutput, _stages.Length, needsInputGradient);

    private Tensor? RunBackward(Tensor gradOutput, int end, bool needsInputGradient)
    {
        // Without the gradient of the input, whatever lies before the first parameters has nothing to do.
        int first = 0;
        while (!needsInputGradient && first < end && !_stages[first].HasParameters)
        {
            first++;
        }

        Tensor? gradient = gradOutput;
        for (int index = end - 1; index >= first; index--)
        {
            gradient = _stages[index].Backward(gradient!, needsInputGradient || index > first);
        }

        return needsInputGradient ? gradient : null;
    }

    // Between the layers the data lies in rented buffers, two at a time. From the last layer that cannot work in place onwards it lies in the output.
    internal override void Infer(TensorShape inputShape, ReadOnlySpan<float> input, Span<float> output)
    {
        Layer[] layers = _stages;
        int final = layers.Length - 1;
        while (final > 0 && layers[final].InfersInPlace)
        {
            final--;
        }

        if (layers.Length == 0 && !IsSameMemory(input, output))
        {
            input.CopyTo(output);
        }

        AlignedBuffer? held = null;
        AlignedBuffer? rented = null;
        try
        {
            ReadOnlySpan<float> current = input;
            TensorShape shape = inputShape;
            for (int index = 0; index < layers.Length; index++)
            {
                Layer layer = layers[index];
                TensorShape nextShape = layer.OutputShape(shape);
                Span<float> next;
                if (index >= final)
                {
                    next = output;
                }
                else if (layer.InfersInPlace && held is not null)
                {
                    next = held.Span[..nextShape.Length];
                }
                else
                {
                    rented = BufferPool.Rent(nextShape.Length);
                    next = rented.Span[..nextShape.Length];
                }

                layer.Infer(shape, current, next);
                if (rented is not null)
                {
                    AlignedBuffer? previous = held;
                    (held, rented) = (rented, null);
                    Return(previous);
                }

                current = next;
                shape = nextShape;
            }
        }
        finally
        {
            Return(held);
            Return(rented);
        }
    }

    private static void Return(AlignedBuffer? buffer)
    {
        if (buffer is not null)
        {
            BufferPool.Return(buffer);
        }
    }
}
