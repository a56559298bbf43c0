using FastConv.Memory;
using FastConv.Shapes;
using FastConv.Tensors;

namespace FastConv.Layers;

// Where outputs and gradients of a step lie: in one buffer, planned by the layer whose Forward the program calls.
public abstract partial class Layer
{
    private readonly PerShape<StepMemory> _memories = new();
    private AlignedBuffer? _buffer;
    private StepMemory? _memory;

    /// <summary>Floats of memory in one buffer that hold all outputs and gradients of a training step; the input is the caller's.</summary>
    /// <exception cref="ArgumentException">The layer, or one inside of it, does not take this shape; nothing was built.</exception>
    public long StepLength(TensorShape inputShape)
    {
        Build(inputShape);
        return StepPlanner.Plan(this, inputShape).Arrange();
    }

    /// <summary>Says which tensors forward makes and reads; returns the output.</summary>
    internal abstract StepBlock PlanForward(StepPlanner planner, StepBlock input);

    /// <summary>Says which tensors backward makes and reads; returns the gradient of the input.</summary>
    internal abstract StepBlock PlanBackward(StepPlanner planner, StepBlock gradOutput);

    /// <summary>The layer's tensor in the memory of the last <see cref="Forward"/>.</summary>
    internal Tensor StepTensor(StepSlot slot) => _memory![this, slot];

    private StepMemory MemoryFor(TensorShape inputShape) =>
        _memories.TryFind(inputShape, out StepMemory? known) ? known : MakeMemory(inputShape);

    // The short batch that ends an epoch lies in the memory of the full one.
    private StepMemory MakeMemory(TensorShape inputShape)
    {
        AlignedBuffer? before = _buffer;
        StepMemory memory = StepMemory.Create(this, inputShape, ref _buffer);
        if (_buffer != before)
        {
            _memories.Clear();
        }

        return _memories.Keep(inputShape, memory);
    }
}
