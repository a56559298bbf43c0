using FastConv.Layers;
using FastConv.Primitives;
using FastConv.Tensors;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Layers;

public sealed class LinearTests
{
    [Theory]
    [InlineData(new[] { 5, 7 }, true)]
    [InlineData(new[] { 5, 7 }, false)]
    [InlineData(new[] { 2, 3, 7 }, true)]
    public void Forward_and_backward_are_the_primitives(int[] dimensions, bool hasBias)
    {
        Linear layer = new(7, 4, hasBias);
        Tensor x = Tensor.From(TestTensors.Random(1, dimensions.Aggregate(1, (product, size) => product * size)), dimensions);
        int rows = x.Length / 7;
        float[] weight = layer.Weight.Value.Span.ToArray();
        float[] bias = layer.Bias is null ? [] : layer.Bias.Value.Span.ToArray();
        float[] expected = new float[rows * 4];
        LinearPrimitives.Forward(rows, 7, 4, x.Span, weight, bias, expected);
        Tensor y = layer.Forward(x);
        Assert.Equal([.. dimensions[..^1], 4], y.Shape.Dimensions.ToArray());
        Assert.Equal(rows * 28, layer.MultiplyAdds(x.Shape));
        TestTensors.AssertSameBits(expected, y.Span);
        TestTensors.AssertSameBits(y.Span, layer.Predict(x).Span, "prediction");

        Tensor gradOutput = Tensor.From(TestTensors.Random(2, y.Length), y.Shape.Dimensions);
        float[] gradInput = new float[x.Length];
        float[] gradWeight = new float[weight.Length];
        float[] gradBias = new float[bias.Length];
        LinearPrimitives.BackwardInput(rows, 7, 4, gradOutput.Span, weight, gradInput);
        LinearPrimitives.BackwardWeight(rows, 7, 4, x.Span, gradOutput.Span, gradWeight, gradBias);
        TestTensors.AssertSameBits(gradInput, layer.Backward(gradOutput)!.Span, "input gradient");
        TestTensors.AssertSameBits(gradWeight, layer.Weight.Gradient.Span, "weight gradient");
        TestTensors.AssertSameBits(gradBias, layer.Bias is null ? [] : layer.Bias.Gradient.Span, "bias gradient");
        Assert.Null(layer.Backward(gradOutput, needsInputGradient: false));
        LinearPrimitives.BackwardWeight(rows, 7, 4, x.Span, gradOutput.Span, gradWeight, gradBias);
        TestTensors.AssertSameBits(gradWeight, layer.Weight.Gradient.Span, "twice the weight gradient");
    }

    [Fact]
    public void Input_that_does_not_fit_is_refused_by_name()
    {
        var model = new Sequential(new Flatten(), new Linear(3136, 10));
        Assert.Equal("Linear '1': weight expects 3136 input features, input is [8, 3137]", Refused(() => model.Forward(new Tensor(8, 3137))));
        Assert.Equal("Linear: expects [batch, ..., features], input is [10]", Refused(() => new Linear(10, 2).Forward(new Tensor(10))));
        Assert.StartsWith("Linear: input is [2, 65536]: ", Refused(() => Linear.Lazy(65536).Forward(new Tensor(2, 65536))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(-3, 2)]
    [InlineData(65536, 65536)]
    public void Sizes_that_mean_nothing_are_refused_at_once(int inFeatures, int outFeatures) => Refused(() => new Linear(inFeatures, outFeatures));

    [Fact]
    public void A_lazy_layer_takes_its_features_from_the_first_input_and_its_values_from_the_seed()
    {
        Linear lazy = Linear.Lazy(3);
        var model = new Sequential(new Flatten(), lazy);
        model.Initialize(5);
        Assert.Throws<InvalidOperationException>(() => lazy.Bias);
        model.Build([1, 2, 3]);
        Assert.Equal((6, 3), (lazy.InFeatures, lazy.OutFeatures));
        var eager = new Sequential(new Flatten(), new Linear(6, 3));
        eager.Initialize(5);
        TestTensors.AssertSameBits(eager.Parameters[0].Value.Span, lazy.Weight.Value.Span);
        TestTensors.AssertSameBits(eager.Parameters[1].Value.Span, lazy.Bias!.Value.Span);
        Assert.Equal("1.weight", lazy.Weight.Name);
    }

    private static string Refused(Func<object?> call) => Assert.ThrowsAny<ArgumentException>(call).Message;
}
