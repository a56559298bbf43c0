using FastConv.Primitives;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Primitives;

/// <summary>What the optimisers' primitives refuse; their arithmetic is held to the plain versions through the optimisers.</summary>
public sealed class UpdateTests
{
    private const int Length = 20;

    private delegate void StepCall(Span<float> value, ReadOnlySpan<float> gradient, Span<float> first, Span<float> second, long step);

    private static readonly StepCall Momentum = (value, gradient, first, _, step) =>
        SgdPrimitives.Step(value, gradient, first, new SgdOptions { Momentum = 0.9 }, step);

    private static readonly StepCall AdaGrad = (value, gradient, first, _, step) => AdaGradPrimitives.Step(value, gradient, first, new AdaGradOptions(), step);

    private static readonly StepCall RmsProp = (value, gradient, first, second, _) =>
        RmsPropPrimitives.Step(value, gradient, first, second, [], new RmsPropOptions { Centered = true });

    private static readonly StepCall RmsPropMomentum = (value, gradient, first, second, _) =>
        RmsPropPrimitives.Step(value, gradient, first, [], second, new RmsPropOptions { Momentum = 0.9 });

    private static readonly StepCall Adam = (value, gradient, first, second, step) => AdamPrimitives.Step(value, gradient, first, second, new AdamOptions(), step);

    [Fact]
    public void Wrong_lengths_are_refused_and_nothing_is_written()
    {
        foreach (StepCall call in new[] { Momentum, AdaGrad, RmsProp, RmsPropMomentum, Adam })
        {
            AssertRefused(call, Length - 1, Length, Length);
            AssertRefused(call, Length, Length + 1, Length);
        }

        AssertRefused(RmsProp, Length, Length, Length - 1);
        AssertRefused(RmsPropMomentum, Length, Length, Length + 1);
        Assert.Contains("Adam.Step: squareAverage expects 20 elements, received 0", AssertRefused(Adam, Length, Length, 0), StringComparison.Ordinal);
        Assert.Contains("Sgd.Step: velocity expects 20 elements, received 0", AssertRefused(Momentum, Length, 0, 0), StringComparison.Ordinal);
    }

    [Fact]
    public void A_state_that_the_options_do_not_use_is_refused()
    {
        AssertRefused((value, gradient, first, _, step) => SgdPrimitives.Step(value, gradient, first, new SgdOptions(), step), Length, Length, 0);
        AssertRefused((value, gradient, first, second, _) => RmsPropPrimitives.Step(value, gradient, first, second, [], new RmsPropOptions()), Length, Length, Length);
        AssertRefused((value, gradient, first, second, _) => RmsPropPrimitives.Step(value, gradient, first, [], second, new RmsPropOptions()), Length, Length, Length);
    }

    [Fact]
    public void A_step_before_the_first_is_refused()
    {
        foreach (StepCall call in new[] { Momentum, AdaGrad, Adam })
        {
            float[] value = TestTensors.NaNs(Length);
            Refused(() => call(value, new float[Length], new float[Length], new float[Length], 0));
            TestTensors.AssertUntouched(value);
        }
    }

    [Fact]
    public void Spans_that_share_memory_are_refused()
    {
        foreach (StepCall call in new[] { Momentum, AdaGrad, RmsProp, RmsPropMomentum, Adam })
        {
            float[] memory = TestTensors.NaNs(Length + 1);
            float[] other = new float[Length];
            float[] another = new float[Length];
            Refused(() => call(memory.AsSpan(1), memory.AsSpan(0, Length), other, another, 1));
            Refused(() => call(memory.AsSpan(1), other, memory.AsSpan(1), another, 1));
            Refused(() => call(other, memory.AsSpan(1), memory.AsSpan(1), another, 1));
            TestTensors.AssertUntouched(memory);
        }

        foreach (StepCall call in new[] { RmsProp, RmsPropMomentum, Adam })
        {
            float[] state = TestTensors.NaNs(Length);
            Refused(() => call(new float[Length], new float[Length], state, state, 1));
            TestTensors.AssertUntouched(state);
        }
    }

    [Fact]
    public void Inconsistent_options_are_refused_by_the_primitive_too()
    {
        float[] value = TestTensors.NaNs(2);
        Refused(() => SgdPrimitives.Step(value, new float[2], [], new SgdOptions { Nesterov = true }, 1));
        TestTensors.AssertUntouched(value);
    }

    [Fact]
    public void Nothing_to_update_is_no_error() => Adam([], [], [], [], 1);

    private static string AssertRefused(StepCall call, int gradientLength, int firstLength, int secondLength)
    {
        float[] value = TestTensors.NaNs(Length);
        float[] first = TestTensors.NaNs(firstLength);
        float[] second = TestTensors.NaNs(secondLength);
        string message = Refused(() => call(value, new float[gradientLength], first, second, 1));
        TestTensors.AssertUntouched(value);
        TestTensors.AssertUntouched(first);
        TestTensors.AssertUntouched(second);
        return message;
    }

    private static string Refused(Action call) => Assert.ThrowsAny<ArgumentException>(call).Message;
}
