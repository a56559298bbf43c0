using FastConv.Optimizers;
using FastConv.Tensors;
using FastConv.Tests.Cases;
using FastConv.Tests.Reference;

namespace FastConv.Tests.Optimizers;

/// <summary>Gradient norms are clipped as PyTorch's clip_grad_norm_ does, without a write to the gradients.</summary>
public sealed class OptimizerClippingTests
{
    private const int Steps = 10;

    public static TheoryData<string> Names => OptimizerCases.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Clipped_steps_agree_with_the_plain_version(string name)
    {
        OptimizerCase optimizerCase = OptimizerCases.Get(name);
        Parameter[] parameters = OptimizerCases.Parameters(1, 5, 16, 37, 20_000, 3);
        PlainParameter[] plain = [.. parameters.Select(p => new PlainParameter(TestTensors.ToDouble(p.Value.Span), optimizerCase.InitialSquares))];
        Optimizer optimizer = optimizerCase.Create(parameters);
        for (int step = 1; step <= Steps; step++)
        {
            // From far below what the gradients have (about 80) to above it, where nothing is clipped.
            optimizer.MaxGradientNorm = 0.5 * Math.Pow(2, step);
            double norm = SetGradients(parameters, step);
            optimizer.Step();
            Assert.Equal(norm, optimizer.LastGradientNorm!.Value, norm * 1e-6);
            double scale = Math.Min(1, optimizer.MaxGradientNorm.Value / (norm + 1e-6));
            foreach ((PlainParameter expected, Parameter parameter) in plain.Zip(parameters))
            {
                optimizerCase.PlainStep(expected, [.. TestTensors.Random(step, parameter.Value.Length).Select(value => value * scale)], step);
                TestTensors.AssertSameBits(TestTensors.Random(step, parameter.Value.Length), parameter.Gradient.Values, "the gradient");

                // An average that keeps nothing of itself still rounds where a tiny gradient follows a large one, and Adam divides by it.
                TestTensors.AssertClose(expected.Value, parameter.Value.Values, 3e-5, $"{name}, {parameter}, step {step}");
            }
        }
    }

    [Fact]
    public void A_norm_within_the_limit_changes_no_bit_and_is_told()
    {
        foreach (string name in Optimizer.Names)
        {
            Parameter[] free = OptimizerCases.Parameters(40, 3);
            Parameter[] limited = OptimizerCases.Parameters(40, 3);
            Optimizer plain = Optimizer.Create(name, free, 0.1);
            Optimizer clipping = Optimizer.Create(name, limited, 0.1);
            clipping.MaxGradientNorm = double.PositiveInfinity;
            double norm = SetGradients(free, 1);
            SetGradients(limited, 1);
            plain.Step();
            clipping.Step();
            Assert.Null(plain.LastGradientNorm);
            Assert.Equal(norm, clipping.LastGradientNorm!.Value, 1e-5);
            TestTensors.AssertSameBits(free[0].Value.Values, limited[0].Value.Values, name);
            clipping.MaxGradientNorm = null;
            clipping.Step();
            Assert.Null(clipping.LastGradientNorm);
        }
    }

    [Fact]
    public void Gradients_of_zero_are_divided_by_nothing()
    {
        Parameter[] parameters = OptimizerCases.Parameters(20);
        float[] before = [.. parameters[0].Value.Values];
        var optimizer = new Sgd(parameters, 0.1) { MaxGradientNorm = 1 };
        optimizer.Step();
        Assert.Equal(0, optimizer.LastGradientNorm);
        TestTensors.AssertSameBits(before, parameters[0].Value.Values);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void A_limit_that_is_none_is_refused(double limit)
    {
        var optimizer = new Adam(OptimizerCases.Parameters(2)) { MaxGradientNorm = 3 };
        string message = Assert.Throws<ArgumentOutOfRangeException>(() => optimizer.MaxGradientNorm = limit).Message;
        Assert.Contains("Adam: MaxGradientNorm expects a number above 0 or null", message, StringComparison.Ordinal);
        Assert.Equal(3, optimizer.MaxGradientNorm);
    }

    [Fact]
    public void A_warm_clipped_step_allocates_nothing()
    {
        var optimizer = new Adam(OptimizerCases.Parameters(10, 100, 33)) { MaxGradientNorm = 1 };
        AllocationCases.AssertWarmCallAllocatesNothingHere(optimizer.Step);
    }

    private static double SetGradients(Parameter[] parameters, int seed)
    {
        double sum = 0;
        foreach (Parameter parameter in parameters)
        {
            OptimizerCases.SetGradient(parameter, seed);
            sum += TestTensors.ToDouble(parameter.Gradient.Values).Sum(value => value * value);
        }

        return Math.Sqrt(sum);
    }
}
