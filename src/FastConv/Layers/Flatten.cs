using FastConv.Shapes;
using FastConv.Tensors;

namespace FastConv.Layers;

/// <summary>
/// Joins the axes from one to another; a negative axis counts from the end. Output and gradient share the memory of what they are made
/// from. Source: https://pytorch.org/docs/stable/generated/torch.nn.Flatten.html
/// </summary>
public sealed class Flatten : Layer
{
    private readonly PerShape<TensorShape> _shapes = new();
    private readonly ViewCache _outputs = new();
    private readonly ViewCache _gradInputs = new();

    /// <summary>Unless told otherwise, all axes but the batch become one.</summary>
    /// <exception cref="ArgumentException">Both axes count from the same end, and the first is behind the last.</exception>
    public Flatten(int startAxis = 1, int endAxis = -1)
    {
        if (startAxis < 0 == endAxis < 0 && startAxis > endAxis)
        {
            throw Refuse($"the first axis {startAxis} is behind the last, {endAxis}");
        }

        StartAxis = startAxis;
        EndAxis = endAxis;
    }

    /// <summary>The first axis that is joined.</summary>
    public int StartAxis { get; }

    /// <summary>The last axis that is joined.</summary>
    public int EndAxis { get; }

    internal override bool OwnsOutput => false;

    internal override bool InfersInPlace => true;

    /// <inheritdoc/>
    public override TensorShape OutputShape(TensorShape inputShape)
    {
        int rank = inputShape.Rank;
        int start = StartAxis < 0 ? StartAxis + rank : StartAxis;
        int end = EndAxis < 0 ? EndAxis + rank : EndAxis;
        if (start < 0 || start > end || end >= rank)
        {
            throw Refuse($"axes {StartAxis} to {EndAxis} expect an input that has them in this order, input is {inputShape}");
        }

        ReadOnlySpan<int> dimensions = inputShape.Dimensions;
        int joined = 1;
        foreach (int dimension in dimensions[start..(end + 1)])
        {
            joined *= dimension;
        }

        return [.. dimensions[..start], joined, .. dimensions[(end + 1)..]];
    }

    internal override StepBlock PlanForward(StepPlanner planner, StepBlock input)
    {
        StepBlock output = planner.View(input, OutputShape(input.Shape));
        planner.Remember(this, input, output);
        return output;
    }

    internal override StepBlock PlanBackward(StepPlanner planner, StepBlock gradOutput) => planner.View(gradOutput, planner.InputOf(this).Shape);

    internal override Tensor Run(Tensor input, StepMemory memory) => _outputs.Get(input, ShapeFor(input.Shape));

    internal override Tensor? RunBackward(Tensor gradOutput, bool needsInputGradient) =>
        needsInputGradient ? _gradInputs.Get(gradOutput, LastInput.Shape) : null;

    internal override void Infer(TensorShape inputShape, ReadOnlySpan<float> input, Span<float> output)
    {
        if (!IsSameMemory(input, output))
        {
            input.CopyTo(output);
        }
    }

    private TensorShape ShapeFor(TensorShape inputShape) =>
        _shapes.TryFind(inputShape, out TensorShape known) ? known : _shapes.Keep(inputShape, OutputShape(inputShape));

    /// <summary>
    /// The views of the last few tensors that came by, found by reference: layers and loaders reuse theirs, so a warm lookup allocates nothing.
    /// </summary>
    private sealed class ViewCache
    {
        // Two shapes, and a loader that fills one batch while another is in use.
        private const int Kept = 4;

        private readonly (Tensor Source, Tensor View)[] _views = new (Tensor, Tensor)[Kept];
        private int _oldest;

        public Tensor Get(Tensor source, TensorShape shape)
        {
            foreach ((Tensor known, Tensor view) in _views)
            {
                if (ReferenceEquals(known, source) && view.Shape == shape)
                {
                    return view;
                }
            }

            Tensor made = source.Reshape(shape);
            _views[_oldest] = (source, made);
            _oldest = (_oldest + 1) % Kept;
            return made;
        }
    }
}
