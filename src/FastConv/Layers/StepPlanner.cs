using FastConv.Memory;
using FastConv.Shapes;

namespace FastConv.Layers;

/// <summary>
/// Walks through a training step without computing anything: layers say, in the order of the step, which tensors they make and read, and every
/// tensor gets a place beside those that live at the same time. What backward reads lives to the end, so that backward may be called again.
/// </summary>
internal sealed class StepPlanner
{
    private const int End = int.MaxValue;

    private readonly List<StepBlock> _blocks = [];
    private readonly List<(Layer Layer, StepSlot Slot, StepBlock Block)> _tensors = [];
    private readonly Dictionary<Layer, (StepBlock Input, StepBlock Output)> _passes = [];
    private int _moment;

    /// <summary>All tensors that layers asked for, in that order.</summary>
    public IReadOnlyList<(Layer Layer, StepSlot Slot, StepBlock Block)> Tensors => _tensors;

    /// <summary>Plans forward and backward of a model for an input that it takes.</summary>
    public static StepPlanner Plan(Layer model, TensorShape inputShape)
    {
        var planner = new StepPlanner();
        StepBlock output = model.PlanForward(planner, Foreign(inputShape));
        output.ReadAt(End);
        model.PlanBackward(planner, Foreign(output.Shape)).ReadAt(End);
        return planner;
    }

    /// <summary>A tensor of the caller's, which needs no place.</summary>
    private static StepBlock Foreign(TensorShape shape) => new(shape, first: 0);

    /// <summary>A tensor that the layer writes in this moment.</summary>
    /// <param name="layer">Whose it is.</param>
    /// <param name="slot">What it is to the layer.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="passedOn">What the layer returns in its place in some mode; null for nothing.</param>
    public StepBlock Take(Layer layer, StepSlot slot, TensorShape shape, StepBlock? passedOn = null)
    {
        var block = new StepBlock(shape, _moment, passedOn);
        _blocks.Add(block);
        _tensors.Add((layer, slot, block));
        return block;
    }

    /// <summary>The memory of a block under another shape.</summary>
    public StepBlock View(StepBlock block, TensorShape shape) => new(shape, _moment, block);

    /// <summary>The layer has what it needs: the next one is on.</summary>
    public void Advance() => _moment++;

    /// <summary>The block is read in this moment.</summary>
    public void Read(StepBlock block) => block.ReadAt(_moment);

    /// <summary>The block is read by backward.</summary>
    public static void Keep(StepBlock block) => block.ReadAt(End);

    /// <summary>What forward of a layer read and made, for its backward.</summary>
    public void Remember(Layer layer, StepBlock input, StepBlock output) => _passes[layer] = (input, output);

    public StepBlock InputOf(Layer layer) => _passes[layer].Input;

    public StepBlock OutputOf(Layer layer) => _passes[layer].Output;

    /// <summary>Gives every block its offset and returns the floats of all together: large ones first, each as low as those allow that live beside it.</summary>
    public long Arrange()
    {
        var placed = new List<StepBlock>(_blocks.Count);
        long total = 0;
        foreach (StepBlock block in _blocks.OrderByDescending(block => block.Shape.Length))
        {
            long length = PlaceFor(block);
            foreach (StepBlock other in placed.Where(block.LivesBeside).OrderBy(other => other.Offset))
            {
                if (other.Offset - block.Offset >= length)
                {
                    break;
                }

                block.Offset = Math.Max(block.Offset, other.Offset + PlaceFor(other));
            }

            placed.Add(block);
            total = Math.Max(total, block.Offset + length);
        }

        return total;
    }

    private static long PlaceFor(StepBlock block) => AlignedBuffer.RoundUp(block.Shape.Length);
}
