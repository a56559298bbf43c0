using FastConv.Layers;
using FastConv.Tensors;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Layers;

public sealed class DropoutTests
{
    private const int Length = 4000;

    [Fact]
    public void Training_drops_the_share_and_scales_the_rest_and_backward_drops_the_same()
    {
        var layer = new Dropout(0.25f);
        layer.Initialize(1);
        Tensor x = Ones();
        float[] y = layer.Forward(x).Span.ToArray();
        Assert.All(y, value => Assert.True(value is 0 or (> 1.3333f and < 1.3334f)));
        Assert.InRange(y.Count(value => value == 0), 0.22 * Length, 0.28 * Length);
        TestTensors.AssertSameBits(y, layer.Backward(x)!.Span, "the gradient of ones");
        float[] gradOutput = TestTensors.Random(2, Length);
        float[] gradInput = layer.Backward(Tensor.From(gradOutput, 40, 100))!.Span.ToArray();
        TestTensors.AssertClose([.. gradOutput.Zip(y, (gradient, factor) => (double)gradient * factor)], gradInput);
    }

    [Fact]
    public void Every_step_drops_others_and_a_seed_repeats_them_all()
    {
        var layer = new Dropout();
        layer.Initialize(1);
        Tensor x = Ones();
        float[] first = layer.Forward(x).Span.ToArray();
        layer.Predict(x);
        float[] second = layer.Forward(x).Span.ToArray();
        Assert.NotEqual(first, second);
        layer.Initialize(1);
        Assert.Equal(first, layer.Forward(x).Span.ToArray());
        Assert.Equal(second, layer.Forward(x).Span.ToArray());
        layer.Initialize(2);
        Assert.NotEqual(first, layer.Forward(x).Span.ToArray());
        Assert.NotEqual(new Dropout().Forward(x).Span.ToArray(), new Dropout().Forward(x).Span.ToArray());
    }

    [Fact]
    public void Two_layers_of_a_model_drop_different_elements()
    {
        var first = new Dropout();
        var model = new Sequential(first, new Dropout());
        model.Initialize(1);
        float[] y = model.Forward(Ones()).Span.ToArray();
        Assert.InRange(y.Count(value => value != 0), 0.2 * Length, 0.3 * Length);
    }

    [Fact]
    public void Evaluation_is_the_identity_forth_and_back_in_the_mode_that_forward_ran_in()
    {
        var layer = new Dropout(0.9f);
        Tensor x = Ones();
        layer.Eval();
        Assert.Same(x, layer.Forward(x));
        layer.Train();
        Assert.Same(x, layer.Backward(x));
        Assert.Null(layer.Backward(x, needsInputGradient: false));
        TestTensors.AssertSameBits(x.Span, layer.Predict(x).Span);
        Assert.NotSame(x, layer.Predict(x));
        layer.Forward(x);
        layer.Eval();
        Assert.Contains(0f, layer.Backward(x)!.Span.ToArray());
    }

    [Fact]
    public void The_ends_of_the_range_keep_all_and_drop_all()
    {
        Tensor x = Ones();
        TestTensors.AssertSameBits(x.Span, new Dropout(0).Forward(x).Span);
        Assert.True(new Dropout(1).Forward(x).Span.IndexOfAnyExcept(0f) < 0);
    }

    [Theory]
    [InlineData(-0.1f)]
    [InlineData(1.1f)]
    [InlineData(float.NaN)]
    public void A_share_outside_of_0_to_1_is_refused(float probability) =>
        Assert.StartsWith("Dropout: probability", Assert.ThrowsAny<ArgumentException>(() => new Dropout(probability)).Message, StringComparison.Ordinal);

    private static Tensor Ones()
    {
        var ones = new Tensor(40, Length / 40);
        ones.Span.Fill(1);
        return ones;
    }
}
