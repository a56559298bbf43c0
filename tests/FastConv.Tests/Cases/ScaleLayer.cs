using FastConv.Layers;
using FastConv.Randomness;
using FastConv.Shapes;
using FastConv.Tensors;

namespace FastConv.Tests.Cases;

/// <summary>
/// A layer as a user of the library would write one: y = weight * x with one learned number, and a count of its training passes.
/// Takes rank 2 only, so that a chain of them has something to refuse.
/// </summary>
internal sealed class ScaleLayer : LeafLayer
{
    public ScaleLayer(float weight = 1)
    {
        Weight = AddParameter("weight", Tensor.From([weight], 1));
        Passes = AddBuffer("passes", new Tensor(1), StateKind.Counter);
    }

    public Parameter Weight { get; }

    public Tensor Passes { get; }

    public int InputGradients { get; private set; }

    public override TensorShape OutputShape(TensorShape inputShape) =>
        inputShape.Rank == 2 ? inputShape : throw Refuse($"expects [batch, features], input is {inputShape}");

    protected override void Reset(RandomSource random)
    {
        Initializers.Uniform(Weight.Value, random);
        Initializers.Constant(Passes, 0);
    }

    protected override void ForwardCore(Tensor input, Tensor output)
    {
        Passes.Span[0] += IsTraining ? 1 : 0;
        base.ForwardCore(input, output);
    }

    protected override void InferCore(TensorShape inputShape, ReadOnlySpan<float> input, Span<float> output)
    {
        float weight = Weight.Value.Span[0];
        for (int i = 0; i < input.Length; i++)
        {
            output[i] = weight * input[i];
        }
    }

    protected override void BackwardCore(Tensor input, Tensor output, Tensor gradOutput, Tensor? gradInput)
    {
        InputGradients += gradInput is null ? 0 : 1;
        for (int i = 0; i < input.Length; i++)
        {
            Weight.Gradient.Span[0] += input.Span[i] * gradOutput.Span[i];
            if (gradInput is not null)
            {
                gradInput.Span[i] = Weight.Value.Span[0] * gradOutput.Span[i];
            }
        }
    }
}
