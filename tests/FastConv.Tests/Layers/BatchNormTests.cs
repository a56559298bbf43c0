using FastConv.Layers;
using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tensors;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Layers;

public sealed class BatchNormTests
{
    public static TheoryData<int[], bool> Inputs => new()
    {
        { [4, 3, 5, 2], true },
        { [4, 3, 5, 2], false },
        { [4, 3], true },
        { [4, 3, 7], true },
    };

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Training_and_evaluation_are_the_primitives(int[] dimensions, bool affine)
    {
        BatchNormLayer layer = Create(dimensions.Length, affine);
        Tensor x = Input(dimensions);
        BatchNormShape shape = BatchNormShape.Create(4, 3, x.Length / 12);
        float[] weight = affine ? [0.5f, -1, 2] : [];
        float[] bias = affine ? [1, 2, 3] : [];
        weight.CopyTo(affine ? layer.Weight!.Value.Span : default);
        bias.CopyTo(affine ? layer.Bias!.Value.Span : default);
        float[] y = TestTensors.NaNs(x.Length);
        float[] mean = [0, 0, 0];
        float[] variance = [1, 1, 1];
        float[] savedMean = new float[3];
        float[] savedInverseStd = new float[3];
        float[] gradInput = TestTensors.NaNs(x.Length);
        float[] gradWeight = new float[weight.Length];
        float[] gradBias = new float[bias.Length];
        Tensor gradOutput = Tensor.From(TestTensors.Random(2, x.Length), dimensions);

        BatchNormPrimitives.ForwardTraining(shape, x.Span, weight, bias, mean, variance, 0.1f, 1e-5f, y, savedMean, savedInverseStd);
        BatchNormPrimitives.BackwardTraining(shape, x.Span, gradOutput.Span, weight, savedMean, savedInverseStd, gradInput, gradWeight, gradBias);
        TestTensors.AssertSameBits(y, layer.Forward(x).Span, "training");
        TestTensors.AssertSameBits(mean, layer.RunningMean.Span, "running mean");
        TestTensors.AssertSameBits(variance, layer.RunningVariance.Span, "running variance");
        Assert.Equal(1, layer.BatchesTracked[[]]);
        layer.Eval();
        TestTensors.AssertSameBits(gradInput, layer.Backward(gradOutput)!.Span, "gradient of training");
        Assert.Equal(affine ? 2 : 0, layer.Parameters.Count);

        BatchNormPrimitives.ForwardInference(shape, x.Span, weight, bias, mean, variance, 1e-5f, y);
        TestTensors.AssertSameBits(y, layer.Forward(x).Span, "evaluation");
        TestTensors.AssertSameBits(y, layer.Predict(x).Span, "prediction");
        BatchNormPrimitives.BackwardInference(shape, x.Span, gradOutput.Span, weight, mean, variance, 1e-5f, gradInput, gradWeight, gradBias);
        layer.Train();
        TestTensors.AssertSameBits(gradInput, layer.Backward(gradOutput)!.Span, "gradient of evaluation");
        if (affine)
        {
            TestTensors.AssertSameBits(gradWeight, layer.Weight!.Gradient.Span, "weight gradient");
            TestTensors.AssertSameBits(gradBias, layer.Bias!.Gradient.Span, "bias gradient");
        }

        Assert.Equal(1, layer.BatchesTracked[[]]);
        TestTensors.AssertSameBits(mean, layer.RunningMean.Span, "running mean after evaluation");
    }

    [Fact]
    public void State_has_the_names_order_and_starting_values_of_pytorch()
    {
        var model = new Sequential(new ReLU(), new BatchNorm2d(2), new BatchNorm2d(2, affine: false));
        Assert.Equal(
            [
                "1.weight", "1.bias", "1.running_mean", "1.running_var", "1.num_batches_tracked",
                "2.running_mean", "2.running_var", "2.num_batches_tracked",
            ],
            model.State.Select(entry => entry.Name));
        Assert.Equal([1f, 1f, 0f, 0f, 0f, 0f, 1f, 1f, 0f], model.State.Take(5).SelectMany(entry => entry.Value.Span.ToArray()));
        Assert.Equal(0, model.State[4].Value.Shape.Rank);
        Assert.Equal(
            [StateKind.Parameter, StateKind.Parameter, StateKind.Buffer, StateKind.Buffer, StateKind.Counter],
            model.State.Take(5).Select(entry => entry.Kind));
        model.Forward(Input([4, 2, 3, 3]));
        model.Initialize(1);
        Assert.Equal([1f, 1f, 0f, 0f, 0f, 0f, 1f, 1f, 0f], model.State.Take(5).SelectMany(entry => entry.Value.Span.ToArray()));
    }

    [Fact]
    public void Without_momentum_the_running_statistics_are_the_mean_over_all_batches()
    {
        var layer = new BatchNorm1d(1, momentum: null);
        layer.Forward(Tensor.From([1, 3], 2, 1));
        layer.Forward(Tensor.From([5, 9], 2, 1));
        layer.Forward(Tensor.From([0, 6], 2, 1));
        Assert.Equal((2 + 7 + 3) / 3f, layer.RunningMean[0], 5);
        Assert.Equal((2 + 8 + 18) / 3f, layer.RunningVariance[0], 5);
    }

    [Fact]
    public void Momentum_0_keeps_the_running_statistics()
    {
        var layer = new BatchNorm1d(1, momentum: 0);
        layer.Forward(Tensor.From([1, 3], 2, 1));
        Assert.Equal((0, 1), (layer.RunningMean[0], layer.RunningVariance[0]));
    }

    [Fact]
    public void One_value_a_channel_is_refused_in_training_only_and_before_anything_changed()
    {
        var first = new BatchNorm2d(2);
        var model = new Sequential(first, new Flatten(), new BatchNorm1d(8));
        Tensor x = Input([1, 2, 2, 2]);
        const string Message = "BatchNorm1d '2': training expects more than one value a channel, input is [1, 8]";
        Assert.Equal(Message, Refused(() => model.Forward(x)));
        Assert.Equal(0, first.BatchesTracked[[]]);
        model.Eval();
        TestTensors.AssertSameBits(model.Predict(x).Span, model.Forward(x).Span);
        model.Train();
        Assert.Equal(Message, Refused(() => model.Forward(x)));
        Assert.Contains("2 BatchNorm1d", model.Summary(2, 2, 2), StringComparison.Ordinal);
    }

    [Fact]
    public void Input_that_does_not_fit_is_refused_by_name()
    {
        Assert.Equal("BatchNorm2d: expects 3 channels, input is [1, 2, 4, 4]", Refused(() => new BatchNorm2d(3).Forward(new Tensor(1, 2, 4, 4))));
        Assert.Equal("BatchNorm2d: expects [batch, channels, height, width], input is [4, 3]", Refused(() => new BatchNorm2d(3).Forward(new Tensor(4, 3))));
        Assert.Equal(
            "BatchNorm1d: expects [batch, channels] or [batch, channels, length], input is [4, 3, 1, 1]",
            Refused(() => new BatchNorm1d(3).Forward(new Tensor(4, 3, 1, 1))));
    }

    [Theory]
    [InlineData(0, 1e-5f, 0.1f)]
    [InlineData(-1, 1e-5f, 0.1f)]
    [InlineData(1, 0f, 0.1f)]
    [InlineData(1, -1f, 0.1f)]
    [InlineData(1, float.NaN, 0.1f)]
    [InlineData(1, float.PositiveInfinity, 0.1f)]
    [InlineData(1, 1e-5f, -0.1f)]
    [InlineData(1, 1e-5f, 1.1f)]
    [InlineData(1, 1e-5f, float.NaN)]
    public void Numbers_that_mean_nothing_are_refused_at_once(int channels, float epsilon, float momentum)
    {
        Refused(() => new BatchNorm2d(channels, epsilon, momentum));
        Refused(() => new BatchNorm1d(channels, epsilon, momentum));
    }

    [Fact]
    public void A_lazy_layer_takes_its_channels_from_the_first_input()
    {
        BatchNorm2d lazy = BatchNorm2d.Lazy(epsilon: 1e-3f);
        BatchNorm1d other = BatchNorm1d.Lazy();
        var model = new Sequential(Conv2d.Lazy(5, 3), lazy, new Flatten(), other);
        Assert.Throws<InvalidOperationException>(() => lazy.RunningMean);
        Assert.Throws<InvalidOperationException>(() => lazy.Weight);
        model.Forward(Input([2, 2, 4, 4]));
        Assert.Equal((5, 20), (lazy.Channels, other.Channels));
        Assert.Equal("1.weight", lazy.Weight!.Name);
        Assert.Equal(1, lazy.BatchesTracked[[]]);
    }

    private static BatchNormLayer Create(int rank, bool affine) => rank == 4 ? new BatchNorm2d(3, affine: affine) : new BatchNorm1d(3, affine: affine);

    private static Tensor Input(int[] dimensions) =>
        Tensor.From(TestTensors.Random(1, dimensions.Aggregate(1, (product, size) => product * size), -1, 3), dimensions);

    private static string Refused(Func<object?> call) => Assert.ThrowsAny<ArgumentException>(call).Message;
}
