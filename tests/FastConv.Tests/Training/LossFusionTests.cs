using FastConv.Layers;
using FastConv.Losses;
using FastConv.Tensors;
using FastConv.Tests.Cases;
using FastConv.Training;

namespace FastConv.Tests.Training;

public sealed class LossFusionTests
{
    private static readonly int[] Labels = [0, 1, 1, 0, 1];

    [Fact]
    public void Sigmoid_and_binary_cross_entropy_have_the_gradients_of_both_passes()
    {
        Sequential model = Model();
        Tensor input = Tensor.From(TestTensors.Random(1, 5 * 7), 5, 7);
        var loss = new BceLoss();
        loss.Forward(model.Forward(input), Labels);
        model.Backward(loss.Backward(), needsInputGradient: false);
        double[][] expected = [.. model.Parameters.Select(parameter => TestTensors.ToDouble(parameter.Gradient.Values))];
        foreach (Parameter parameter in model.Parameters)
        {
            parameter.Gradient.Span.Clear();
        }

        LossFusion.Backward(model, loss);
        for (int index = 0; index < expected.Length; index++)
        {
            TestTensors.AssertClose(expected[index], model.Parameters[index].Gradient.Values, context: model.Parameters[index].Name);
        }
    }

    [Fact]
    public void A_probability_that_has_rounded_to_one_still_learns()
    {
        Sequential model = Model();
        model.Parameters[^1].Value.Span.Fill(100);
        Tensor input = Tensor.From(TestTensors.Random(1, 7), 1, 7);
        var loss = new BceLoss();
        loss.Forward(model.Forward(input), [0]);
        model.Backward(loss.Backward(), needsInputGradient: false);
        Assert.Equal(0, model.Parameters[^1].Gradient[0]);
        LossFusion.Backward(model, loss);
        Assert.Equal(1, model.Parameters[^1].Gradient[0]);
    }

    [Fact]
    public void Other_pairs_go_through_both_passes()
    {
        var model = new Sequential(new Linear(7, 3), new Sigmoid());
        Tensor input = Tensor.From(TestTensors.Random(1, 5 * 7), 5, 7);
        var loss = new MseLoss();
        loss.Forward(model.Forward(input), new Tensor(5, 3));
        model.Backward(loss.Backward(), needsInputGradient: false);
        float[] expected = model.Parameters[0].Gradient.Values.ToArray();
        model.Parameters[0].Gradient.Span.Clear();
        LossFusion.Backward(model, loss);
        TestTensors.AssertSameBits(expected, model.Parameters[0].Gradient.Values);
    }

    private static Sequential Model()
    {
        var model = new Sequential(new Linear(7, 4), new Tanh(), new Linear(4, 1), new Sigmoid());
        model.Initialize(1);
        return model;
    }
}
