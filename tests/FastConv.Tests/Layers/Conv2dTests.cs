using FastConv.Layers;
using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tensors;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Layers;

public sealed class Conv2dTests
{
    public static TheoryData<string> Cases => ["plain", "oblong", "same", "groups", "no bias", "direct"];

    /// <summary>Filters are kept packed between calls; whoever writes to the weights, by whatever way, must be heard.</summary>
    [Fact]
    public void Changed_weights_are_used()
    {
        var layer = new Conv2d(3, 5, kernelSize: 3, stride: 2, padding: 1, bias: false);
        Conv2dShape shape = Conv2dShape.Create(2, 3, 9, 9, 5, 3, 2, 1);
        Tensor x = Tensor.From(TestTensors.Random(1, shape.InputShape.Length), shape.InputShape.Dimensions);
        Tensor gradOutput = Tensor.From(TestTensors.Random(2, shape.OutputShape.Length), shape.OutputShape.Dimensions);
        Tensor weight = layer.Weight.Value;
        Action[] changes =
        [
            () => { },
            () => weight.Span[7] = 3,
            () => weight[1, 2, 0, 1] = -2,
            () => weight.Reshape(-1).Span.Fill(0.5f),
            () => weight.AsTensorSpan().Fill(0.25f),
            () => layer.Initialize(seed: 3),
        ];
        foreach (Action change in changes)
        {
            change();
            float[] output = new float[shape.OutputShape.Length];
            float[] gradInput = new float[shape.InputShape.Length];
            Conv2dPrimitives.Forward(shape, x.Values, weight.Values, [], output);
            Conv2dPrimitives.BackwardInput(shape, gradOutput.Values, weight.Values, gradInput);
            TestTensors.AssertSameBits(output, layer.Forward(x).Values, "output");
            TestTensors.AssertSameBits(output, layer.Predict(x).Values, "prediction");
            TestTensors.AssertSameBits(gradInput, layer.Backward(gradOutput)!.Values, "input gradient");
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Forward_and_backward_are_the_primitives(string name)
    {
        (Conv2d layer, Conv2dShape shape) = Create(name);
        Tensor x = Tensor.From(TestTensors.Random(1, shape.InputShape.Length), shape.InputShape.Dimensions);
        Assert.Equal(shape.OutputShape, layer.OutputShape(x.Shape));
        Assert.Equal(shape.WeightShape, layer.Weight.Value.Shape);
        Assert.Equal(shape.MultiplyAdds, layer.MultiplyAdds(x.Shape));
        float[] weight = layer.Weight.Value.Span.ToArray();
        float[] bias = layer.Bias is null ? [] : layer.Bias.Value.Span.ToArray();
        float[] expected = new float[shape.OutputShape.Length];
        Conv2dPrimitives.Forward(shape, x.Span, weight, bias, expected);
        Tensor y = layer.Forward(x);
        TestTensors.AssertClose(TestTensors.ToDouble(expected), y.Span);
        TestTensors.AssertSameBits(y.Span, layer.Predict(x).Span, "prediction");

        Tensor gradOutput = Tensor.From(TestTensors.Random(2, y.Length), y.Shape.Dimensions);
        float[] gradInput = new float[x.Length];
        float[] gradWeight = new float[weight.Length];
        float[] gradBias = new float[bias.Length];
        Conv2dPrimitives.BackwardInput(shape, gradOutput.Span, weight, gradInput);
        Conv2dPrimitives.BackwardWeight(shape, x.Span, gradOutput.Span, gradWeight, gradBias);
        TestTensors.AssertSameBits(gradInput, layer.Backward(gradOutput)!.Span, "input gradient");
        TestTensors.AssertSameBits(gradWeight, layer.Weight.Gradient.Span, "weight gradient");
        TestTensors.AssertSameBits(gradBias, layer.Bias is null ? [] : layer.Bias.Gradient.Span, "bias gradient");

        Conv2dPrimitives.BackwardWeight(shape, x.Span, gradOutput.Span, gradWeight, gradBias);
        Assert.Null(layer.Backward(gradOutput, needsInputGradient: false));
        TestTensors.AssertSameBits(gradWeight, layer.Weight.Gradient.Span, "twice the weight gradient");
    }

    [Fact]
    public void A_fused_relu_is_a_relu_behind_the_convolution()
    {
        var fused = new Sequential(new Conv2d(3, 5, kernelSize: 3, padding: 1, options: new ConvolutionOptions { Activation = Activation.ReLU }));
        var apart = new Sequential(new Conv2d(3, 5, kernelSize: 3, padding: 1), new ReLU());
        fused.Initialize(1);
        apart.Initialize(1);
        Tensor x = Tensor.From(TestTensors.Random(1, 2 * 3 * 6 * 7), 2, 3, 6, 7);
        TestTensors.AssertSameBits(apart.Forward(x).Span, fused.Forward(x).Span);
        TestTensors.AssertSameBits(apart.Predict(x).Span, fused.Predict(x).Span);
        Tensor gradOutput = Tensor.From(TestTensors.Random(2, 2 * 5 * 6 * 7), 2, 5, 6, 7);
        float[] before = gradOutput.Span.ToArray();
        TestTensors.AssertSameBits(apart.Backward(gradOutput)!.Span, fused.Backward(gradOutput)!.Span);
        TestTensors.AssertSameBits(apart.Parameters[0].Gradient.Span, fused.Parameters[0].Gradient.Span);
        TestTensors.AssertSameBits(apart.Parameters[1].Gradient.Span, fused.Parameters[1].Gradient.Span);
        TestTensors.AssertSameBits(before, gradOutput.Span, "the caller's gradient");
    }

    [Fact]
    public void Both_ways_back_to_the_input_can_be_chosen_and_agree()
    {
        Conv2d columns = new(4, 6, kernelSize: 3, stride: 2, padding: 1) { BackwardInputAlgorithm = ConvolutionAlgorithm.Im2ColGemm };
        Conv2d rotated = new(4, 6, kernelSize: 3, stride: 2, padding: 1)
        {
            BackwardInputAlgorithm = ConvolutionAlgorithm.RotatedKernel,
            BackwardWeightAlgorithm = ConvolutionAlgorithm.Direct,
        };
        Assert.Equal(ConvolutionAlgorithm.RotatedKernel, rotated.BackwardInputAlgorithm);
        Assert.Equal(ConvolutionAlgorithm.Direct, rotated.BackwardWeightAlgorithm);
        columns.Initialize(3);
        rotated.Initialize(3);
        Tensor x = Tensor.From(TestTensors.Random(1, 2 * 4 * 8 * 7), 2, 4, 8, 7);
        Tensor gradOutput = Tensor.From(TestTensors.Random(2, 2 * 6 * 4 * 4), 2, 6, 4, 4);
        columns.Forward(x);
        rotated.Forward(x);
        TestTensors.AssertClose(TestTensors.ToDouble(columns.Backward(gradOutput)!.Span), rotated.Backward(gradOutput)!.Span);
        TestTensors.AssertClose(TestTensors.ToDouble(columns.Weight.Gradient.Span), rotated.Weight.Gradient.Span);
    }

    [Fact]
    public void Input_that_does_not_fit_is_refused_by_name()
    {
        var layer = new Conv2d(64, 8, kernelSize: 5);
        var model = new Sequential(new ReLU(), new ReLU(), new ReLU(), layer);
        Assert.Equal("Conv2d '3': weight expects 64 input channels, input is [8, 32, 28, 28]", Refused(() => model.Forward(new Tensor(8, 32, 28, 28))));
        Assert.Equal("Conv2d '3': expects [batch, channels, height, width], input is [8, 64]", Refused(() => model.Predict(new Tensor(8, 64))));
        Assert.StartsWith("Conv2d '3': input is [1, 64, 4, 9]: a window of 5", Refused(() => model.OutputShape([1, 64, 4, 9])), StringComparison.Ordinal);
        Assert.Equal("Conv2d: weight expects 3 input channels, input is [1, 1, 1, 1]", Refused(() => new Conv2d(3, 1, 1).Forward(new Tensor(1, 1, 1, 1))));
        var rotated = new Conv2d(1, 1, 1, options: new ConvolutionOptions { Algorithm = ConvolutionAlgorithm.RotatedKernel });
        Assert.Contains("RotatedKernel cannot do", Refused(() => rotated.Forward(new Tensor(1, 1, 1, 1))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 1, 1, 1, 0, 1, 1)]
    [InlineData(1, -1, 1, 1, 0, 1, 1)]
    [InlineData(1, 1, 0, 1, 0, 1, 1)]
    [InlineData(1, 1, 1, 0, 0, 1, 1)]
    [InlineData(1, 1, 1, 1, -1, 1, 1)]
    [InlineData(1, 1, 1, 1, 0, 0, 1)]
    [InlineData(1, 1, 1, 1, 0, 1, 0)]
    [InlineData(4, 3, 1, 1, 0, 1, 2)]
    [InlineData(3, 4, 1, 1, 0, 1, 2)]
    [InlineData(65536, 65536, 3, 1, 0, 1, 1)]
    public void Sizes_that_mean_nothing_are_refused_at_once(int inChannels, int outChannels, int kernel, int stride, int padding, int dilation, int groups) =>
        Refused(() => new Conv2d(inChannels, outChannels, kernel, stride, padding, dilation, groups));

    [Fact]
    public void A_lazy_layer_takes_its_channels_from_the_first_input_and_its_values_from_the_seed()
    {
        Conv2d lazy = Conv2d.Lazy(8, kernelSize: 3, groups: 2);
        var model = new Sequential(lazy, new ReLU());
        Assert.Contains("Conv2d '0': its sizes follow from the input", Assert.Throws<InvalidOperationException>(() => model.Parameters).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => model.State);
        Assert.Throws<InvalidOperationException>(() => lazy.Weight);
        Assert.Throws<InvalidOperationException>(() => model.Predict(new Tensor(1, 4, 5, 5)));
        Assert.Equal([1, 8, 3, 3], model.OutputShape([1, 6, 5, 5]).Dimensions.ToArray());
        Refused(() => model.Forward(new Tensor(1, 5, 5, 5)));
        Assert.Equal(0, lazy.InChannels);
        model.Initialize(5);
        model.Forward(new Tensor(1, 4, 5, 5));
        Assert.Equal(4, lazy.InChannels);
        Assert.Equal(["0.weight", "0.bias"], model.Parameters.Select(parameter => parameter.Name));
        Assert.Equal("Conv2d '0': weight expects 4 input channels, input is [1, 6, 5, 5]", Refused(() => model.OutputShape([1, 6, 5, 5])));
        var eager = new Sequential(new Conv2d(4, 8, 3, groups: 2));
        eager.Initialize(5);
        TestTensors.AssertSameBits(eager.Parameters[0].Value.Span, lazy.Weight.Value.Span);
        TestTensors.AssertSameBits(eager.Parameters[1].Value.Span, lazy.Bias!.Value.Span);
        model.Build([1, 4, 9, 9]);
        TestTensors.AssertSameBits(eager.Parameters[0].Value.Span, lazy.Weight.Value.Span, "built once");
    }

    [Fact]
    public void A_model_that_a_later_layer_refuses_is_not_built()
    {
        Conv2d lazy = Conv2d.Lazy(8, kernelSize: 3);
        var model = new Sequential(lazy, new Conv2d(9, 1, 1));
        Assert.Equal("Conv2d '1': weight expects 9 input channels, input is [1, 8, 3, 3]", Refused(() => { model.Build([1, 4, 5, 5]); return null; }));
        Assert.Throws<InvalidOperationException>(() => lazy.Weight);
    }

    [Fact]
    public void Starting_values_are_uniform_within_one_by_root_of_fan_in()
    {
        Conv2d layer = new(8, 64, kernelSize: (3, 2), groups: 2);
        layer.Initialize(seed: 1);
        float bound = 1 / MathF.Sqrt(4 * 6);
        foreach (Parameter parameter in layer.Parameters)
        {
            float[] values = parameter.Value.Span.ToArray();
            Assert.InRange(values.Max(Math.Abs), 0.9f * bound, bound * 1.00001f);
            Assert.InRange(values.Average(), -0.3 * bound, 0.3 * bound);
        }

        Assert.NotEqual(layer.Weight.Value[0, 0, 0, 0], new Conv2d(8, 64, kernelSize: (3, 2), groups: 2).Weight.Value[0, 0, 0, 0]);
    }

    private static string Refused(Func<object?> call) => Assert.ThrowsAny<ArgumentException>(call).Message;

    private static (Conv2d Layer, Conv2dShape Shape) Create(string name) => name switch
    {
        "plain" => (new Conv2d(3, 4, 3), Conv2dShape.Create(2, 3, 7, 6, 4, 3)),
        "oblong" => (
            new Conv2d(3, 4, (3, 2), (2, 1), (1, 2), (1, 3)),
            Conv2dShape.Create(2, 3, 7, 6, 4, (3, 2), (2, 1), (1, 2), (1, 3))),
        "same" => (new Conv2d(3, 4, 4, 3, Padding.Same), Conv2dShape.Create(2, 3, 7, 6, 4, 4, 3, Padding.Same)),
        "groups" => (new Conv2d(4, 6, 3, padding: 1, groups: 2), Conv2dShape.Create(2, 4, 7, 6, 6, 3, padding: 1, groups: 2)),
        "no bias" => (new Conv2d(3, 4, 3, bias: false), Conv2dShape.Create(2, 3, 7, 6, 4, 3)),
        _ => (
            new Conv2d(3, 4, 3, options: new ConvolutionOptions { Algorithm = ConvolutionAlgorithm.Direct, MaxThreads = 1 }),
            Conv2dShape.Create(2, 3, 7, 6, 4, 3)),
    };
}
