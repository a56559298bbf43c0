using FastConv.Primitives;
using FastConv.Tests.Cases;
using FastConv.Tests.Reference;

namespace FastConv.Tests.Primitives;

public sealed class ElementLossTests
{
    public static TheoryData<string> Names => ElementLossCases.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Forward_and_backward_agree_with_the_plain_version_at_every_length(string name)
    {
        ElementLossCase loss = ElementLossCases.Get(name);
        foreach (int length in TestTensors.VectorLengths.Where(length => length > 0))
        {
            float[] prediction = loss.Predictions(length, length);
            float[] target = ElementLossCase.Targets(length + 1, length);
            double expected = loss.PlainMean(TestTensors.ToDouble(prediction), TestTensors.ToDouble(target));
            Assert.Equal(expected, loss.Forward(prediction, target), 1e-6 * (1 + Math.Abs(expected)));

            float[] gradient = TestTensors.NaNs(length);
            loss.Backward(prediction, target, gradient);
            double[] expectedGradient = loss.PlainBackward(TestTensors.ToDouble(prediction), TestTensors.ToDouble(target));
            TestTensors.AssertClose(expectedGradient, gradient, 1e-6, $"{name}, length {length}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_plain_backward_agrees_with_finite_differences(string name)
    {
        ElementLossCase loss = ElementLossCases.Get(name);
        double[] prediction = TestTensors.ToDouble(loss.Predictions(5, 30));
        double[] target = TestTensors.ToDouble(ElementLossCase.Targets(6, 30));
        double[] expected = FiniteDifference.Gradient(x => loss.PlainMean(x, target), prediction);
        double[] actual = loss.PlainBackward(prediction, target);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-7 * (1 + Math.Abs(expected[i])));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void NaN_in_a_target_reaches_the_mean(string name)
    {
        ElementLossCase loss = ElementLossCases.Get(name);
        for (int position = 0; position < 9; position++)
        {
            float[] target = ElementLossCase.Targets(1, 9);
            target[position] = float.NaN;
            Assert.Equal(float.NaN, loss.Forward(loss.Predictions(2, 9), target));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_gradient_may_overwrite_an_argument(string name)
    {
        ElementLossCase loss = ElementLossCases.Get(name);
        float[] prediction = loss.Predictions(1, 37);
        float[] target = ElementLossCase.Targets(2, 37);
        float[] expected = new float[37];
        loss.Backward(prediction, target, expected);
        float[] overPrediction = [.. prediction];
        loss.Backward(overPrediction, target, overPrediction);
        TestTensors.AssertSameBits(expected, overPrediction);
        float[] overTarget = [.. target];
        loss.Backward(prediction, overTarget, overTarget);
        TestTensors.AssertSameBits(expected, overTarget);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Wrong_lengths_and_partial_overlap_are_refused_and_nothing_is_written(string name)
    {
        ElementLossCase loss = ElementLossCases.Get(name);
        float[] prediction = loss.Predictions(1, 5);
        float[] gradient = TestTensors.NaNs(5);
        Assert.Contains($"{loss.Op}.Forward: prediction expects at least 1 element", Refused(() => loss.Forward([], [])), StringComparison.Ordinal);
        Assert.Contains($"{loss.Op}.Forward: target expects 5 elements, received 4", Refused(() => loss.Forward(prediction, new float[4])), StringComparison.Ordinal);
        Assert.Contains($"{loss.Op}.Backward: prediction expects at least 1 element", Refused(() => loss.Backward([], [], [])), StringComparison.Ordinal);
        Assert.Contains($"{loss.Op}.Backward: target expects 5 elements, received 6", Refused(() => loss.Backward(prediction, new float[6], gradient)), StringComparison.Ordinal);
        Assert.Contains(
            $"{loss.Op}.Backward: gradPrediction expects 4 elements, received 5",
            Refused(() => loss.Backward(prediction.AsSpan(0, 4), new float[4], gradient)),
            StringComparison.Ordinal);
        Refused(() => loss.Backward(prediction.AsSpan(0, 4), gradient.AsSpan(0, 4), gradient.AsSpan(1)));
        TestTensors.AssertUntouched(gradient);
        Refused(() => loss.Backward(prediction.AsSpan(0, 4), new float[4], prediction.AsSpan(1)));
        TestTensors.AssertSameBits(loss.Predictions(1, 5), prediction);
    }

    [Theory]
    [InlineData(-0.001f)]
    [InlineData(1.001f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Bce_refuses_what_is_no_probability(float bad)
    {
        float[] gradient = TestTensors.NaNs(3);
        Assert.Contains("Bce.Forward: prediction expects probabilities from 0 to 1", Refused(() => BcePrimitives.Forward([0.5f, bad, 0.1f], new float[3])), StringComparison.Ordinal);
        Refused(() => BcePrimitives.Backward([0.5f, 0.5f, bad], new float[3], gradient));
        TestTensors.AssertUntouched(gradient);
    }

    [Fact]
    public void Bce_finds_what_is_no_probability_at_every_position()
    {
        for (int position = 0; position < 40; position++)
        {
            foreach (float bad in (float[])[-0.001f, 1.001f, float.NaN])
            {
                float[] prediction = TestTensors.Random(1, 40, 0, 1);
                prediction[position] = bad;
                Assert.Contains($"received {bad} at [{position}]", Refused(() => BcePrimitives.Forward(prediction, new float[40])), StringComparison.Ordinal);
            }
        }

        Assert.True(float.IsFinite(BcePrimitives.Forward([.. Enumerable.Repeat(0f, 20), .. Enumerable.Repeat(1f, 20)], new float[40])));
    }

    [Fact]
    public void Bce_limits_logarithms_and_divisors_as_PyTorch_does()
    {
        Assert.Equal(100, BcePrimitives.Forward([0], [1]));
        Assert.Equal(100, BcePrimitives.Forward([1], [0]));
        Assert.Equal(0, BcePrimitives.Forward([1, 0], [1, 0]));
        float[] gradient = new float[4];
        BcePrimitives.Backward([0, 1, 0, 1], [1, 0, 0, 1], gradient);
        TestTensors.AssertClose([-1e12 / 4, 1e12 / 4, 0, 0], gradient);
    }

    [Fact]
    public void Bce_with_logits_is_right_for_any_logit()
    {
        float[] logits = [1e4f, -1e4f, 1e4f, -1e4f, 50, -50, 0, float.MaxValue];
        float[] targets = [1, 0, 0, 1, 1, 0, 0.5f, 1];
        for (int i = 0; i < logits.Length; i++)
        {
            double expected = Math.Abs(logits[i]) == 50 ? Math.Exp(-50) : ElementLossReference.BceWithLogits(logits[i], targets[i]);
            Assert.Equal(expected, BceWithLogitsPrimitives.Forward([logits[i]], [targets[i]]), 1e-6 * expected);
        }

        float[] gradient = TestTensors.NaNs(8);
        BceWithLogitsPrimitives.Backward(logits, targets, gradient);
        TestTensors.AssertClose([0, 0, 0.125, -0.125, 0, 0, 0, 0], gradient, 1e-7);
    }

    [Fact]
    public void Kinks_have_PyTorch_s_gradients()
    {
        float[] gradient = TestTensors.NaNs(4);
        L1Primitives.Backward([1, 2, 3, float.NaN], [1, 3, 2, 1], gradient);
        Assert.Equal([0, -0.25f, 0.25f, 0], gradient);
        HuberPrimitives.Backward([2, -2, 1.5f, 0], [0, 0, 1, 0], gradient, 2);
        Assert.Equal([0.5f, -0.5f, 0.125f, 0], gradient);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Huber_takes_a_positive_delta(double delta)
    {
        float[] gradient = TestTensors.NaNs(1);
        Assert.Contains("Huber.Forward: delta expects a finite number above 0", Refused(() => HuberPrimitives.Forward([1], [0], delta)), StringComparison.Ordinal);
        Refused(() => HuberPrimitives.Backward([1], [0], gradient, delta));
        TestTensors.AssertUntouched(gradient);
    }

    private static string Refused(Action call) => Assert.ThrowsAny<ArgumentException>(call).Message;
}

[Collection(ThreadCases.Collection)]
public sealed class ElementLossThreadTests
{
    public static TheoryData<string> Names => ElementLossCases.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Results_have_the_same_bits_on_any_number_of_threads(string name)
    {
        ElementLossCase loss = ElementLossCases.Get(name);
        float[] prediction = loss.Predictions(1, 70_001);
        float[] target = ElementLossCase.Targets(2, 70_001);
        ThreadCases.AssertSameBitsOnAnyThreads(() =>
        {
            float[] gradient = TestTensors.NaNs(prediction.Length);
            loss.Backward(prediction, target, gradient);
            return [loss.Forward(prediction, target), .. gradient];
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_mean_of_many_elements_is_as_exact_as_of_few(string name)
    {
        ElementLossCase loss = ElementLossCases.Get(name);
        float[] prediction = loss.Predictions(1, 70_001);
        float[] target = ElementLossCase.Targets(2, 70_001);
        double expected = loss.PlainMean(TestTensors.ToDouble(prediction), TestTensors.ToDouble(target));
        Assert.Equal(expected, loss.Forward(prediction, target), 1e-7 * expected);
    }
}
