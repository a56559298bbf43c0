using FastConv.Memory;
using FastConv.Shapes;
using FastConv.Tensors;

namespace FastConv.Layers;

/// <summary>The tensors of a training step for one input shape, all in one buffer.</summary>
internal sealed class StepMemory
{
    private readonly Dictionary<Layer, Tensor?[]> _tensors = [];

    private StepMemory(StepPlanner plan, AlignedBuffer buffer)
    {
        foreach ((Layer layer, StepSlot slot, StepBlock block) in plan.Tensors)
        {
            if (!_tensors.TryGetValue(layer, out Tensor?[]? own))
            {
                _tensors[layer] = own = new Tensor?[(int)StepSlot.GradInput + 1];
            }

            own[(int)slot] = Tensor.Part(buffer, (int)block.Offset, block.Shape);
        }
    }

    /// <summary>A tensor that the layer took when the step was planned.</summary>
    public Tensor this[Layer layer, StepSlot slot] => _tensors[layer][(int)slot]!;

    /// <summary>Plans a step in the given buffer, which is replaced where it is too small.</summary>
    /// <exception cref="ArgumentException">The step is too large for one buffer.</exception>
    public static StepMemory Create(Layer model, TensorShape inputShape, ref AlignedBuffer? buffer)
    {
        StepPlanner plan = StepPlanner.Plan(model, inputShape);
        long length = plan.Arrange();
        if (length > Array.MaxLength)
        {
            throw new ArgumentException(
                $"{model.Label}: the outputs and gradients of a step expect at most {Array.MaxLength} floats together, the input {inputShape} makes {length}.");
        }

        if (buffer is null || buffer.Length < length)
        {
            buffer = AlignedBuffer.Uninitialized((int)length);
        }

        return new StepMemory(plan, buffer);
    }
}
