using FastConv.Optimizers;
using FastConv.Tensors;
using FastConv.Tests.Cases;
using FastConv.Tests.Reference;

namespace FastConv.Tests.Optimizers;

public sealed class OptimizerTests
{
    private const int Steps = 20;

    public static TheoryData<string> Names => OptimizerCases.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Twenty_steps_agree_with_the_plain_version(string name) => AssertAgrees(OptimizerCases.Get(name), name, 1e-6);

    [Fact]
    public void Twenty_steps_with_random_options_agree_with_the_plain_version()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            AssertAgrees(OptimizerCases.Random(seed), $"options {seed}", 5e-6);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_step_leaves_the_gradients_and_ZeroGradients_clears_them(string name)
    {
        Parameter[] parameters = OptimizerCases.Parameters(5, 17);
        Optimizer optimizer = OptimizerCases.Get(name).Create(parameters);
        foreach (Parameter parameter in parameters)
        {
            OptimizerCases.SetGradient(parameter, 3);
        }

        optimizer.Step();
        Assert.All(parameters, parameter => Assert.Equal(TestTensors.Random(3, parameter.Value.Length), parameter.Gradient.Span.ToArray()));
        optimizer.ZeroGradients();
        Assert.All(parameters, parameter => Assert.All(parameter.Gradient.Span.ToArray(), value => Assert.Equal(0, value)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void State_and_step_count_continue_a_run_to_the_same_bits(string name)
    {
        OptimizerCase optimizerCase = OptimizerCases.Get(name);
        Parameter[] parameters = OptimizerCases.Parameters(3, 18);
        Optimizer optimizer = optimizerCase.Create(parameters);
        Run(optimizer, 1, 5);

        Parameter[] copies = [.. parameters.Select(parameter => new Parameter(parameter.Name, parameter.Value.Clone()))];
        Optimizer continued = optimizerCase.Create(copies);
        Assert.Equal(optimizer.State.Select(state => state.Name), continued.State.Select(state => state.Name));
        foreach ((NamedTensor source, NamedTensor target) in optimizer.State.Zip(continued.State))
        {
            source.Value.Span.CopyTo(target.Value.Span);
        }

        continued.StepCount = optimizer.StepCount;
        Run(optimizer, 6, 5);
        Run(continued, 6, 5);
        Assert.Equal(10, continued.StepCount);
        foreach ((Parameter expected, Parameter actual) in parameters.Zip(copies))
        {
            TestTensors.AssertSameBits(expected.Value.Span, actual.Value.Span, name);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_warm_step_allocates_nothing(string name)
    {
        Optimizer optimizer = OptimizerCases.Get(name).Create(OptimizerCases.Parameters(10, 100));
        AllocationCases.AssertWarmCallAllocatesNothingHere(() =>
        {
            optimizer.Step();
            optimizer.ZeroGradients();
            optimizer.LearningRate *= 0.9;
        });
    }

    [Fact]
    public void The_state_has_PyTorch_s_names()
    {
        Parameter[] parameters = OptimizerCases.Parameters(2, 3);
        Assert.Empty(new Sgd(parameters).State);
        Assert.Equal(["0.weight.momentum_buffer", "1.weight.momentum_buffer"], NamesOf(new Sgd(parameters, momentum: 0.9)));
        Assert.Equal(["0.weight.sum", "1.weight.sum"], NamesOf(new AdaGrad(parameters)));
        Assert.Equal(["0.weight.square_avg", "1.weight.square_avg"], NamesOf(new RmsProp(parameters)));
        Assert.Equal(
            ["0.weight.square_avg", "0.weight.momentum_buffer", "0.weight.grad_avg"],
            NamesOf(new RmsProp(parameters[..1], momentum: 0.1, centered: true)));
        Assert.Equal(
            ["0.weight.exp_avg", "0.weight.exp_avg_sq", "1.weight.exp_avg", "1.weight.exp_avg_sq"], NamesOf(new Adam(parameters)));
        Assert.Equal(NamesOf(new Adam(parameters)), NamesOf(new AdamW(parameters)));
        Assert.Equal([2, 3], new AdaGrad(parameters).State.Select(state => state.Value.Length));
    }

    [Fact]
    public void The_learning_rate_of_the_next_step_is_the_one_set_last()
    {
        var parameter = new Parameter("weight", Tensor.From([1f], 1));
        parameter.Gradient.Span[0] = 2;
        var optimizer = new Sgd([parameter], 0.5f);
        optimizer.Step();
        Assert.Equal(0, parameter.Value[0]);
        optimizer.LearningRate = 0.25f;
        optimizer.Step();
        Assert.Equal(-0.5f, parameter.Value[0]);
        Assert.Equal(0.25, optimizer.Options.LearningRate);
        optimizer.LearningRate = 0;
        optimizer.Step();
        Assert.Equal(-0.5f, parameter.Value[0]);
        Assert.Equal(3, optimizer.StepCount);
    }

    [Fact]
    public void The_defaults_are_PyTorch_s()
    {
        Parameter[] parameters = OptimizerCases.Parameters(1);
        var sgd = new Sgd(parameters).Options;
        Assert.Equal((1e-3, 0.0, 0.0, false, 0.0), (sgd.LearningRate, sgd.Momentum, sgd.Dampening, sgd.Nesterov, sgd.WeightDecay));
        var adaGrad = new AdaGrad(parameters).Options;
        Assert.Equal((1e-2, 0.0, 0.0, 1e-10), (adaGrad.LearningRate, adaGrad.LearningRateDecay, adaGrad.WeightDecay, adaGrad.Epsilon));
        var rmsProp = new RmsProp(parameters).Options;
        Assert.Equal(
            (1e-2, 0.99, 1e-8, 0.0, 0.0, false),
            (rmsProp.LearningRate, rmsProp.Alpha, rmsProp.Epsilon, rmsProp.WeightDecay, rmsProp.Momentum, rmsProp.Centered));
        var adam = new Adam(parameters).Options;
        Assert.Equal(
            (1e-3, 0.9, 0.999, 1e-8, 0.0, false),
            (adam.LearningRate, adam.Beta1, adam.Beta2, adam.Epsilon, adam.WeightDecay, adam.DecoupledWeightDecay));
        var adamW = new AdamW(parameters).Options;
        Assert.Equal((1e-3, 0.9, 0.999, 1e-8, 1e-2, true), (adamW.LearningRate, adamW.Beta1, adamW.Beta2, adamW.Epsilon, adamW.WeightDecay, adamW.DecoupledWeightDecay));
    }

    [Fact]
    public void A_centered_variance_that_rounds_below_zero_counts_as_zero()
    {
        var parameter = new Parameter("weight", new Tensor(100));
        OptimizerCases.SetGradient(parameter, 1);
        var optimizer = new RmsProp([parameter], 1e-6, alpha: 0.9, epsilon: 1e-3, centered: true);
        for (int step = 0; step < 200; step++)
        {
            optimizer.Step();
        }

        Assert.All(parameter.Value.Span.ToArray(), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void A_NaN_in_a_gradient_reaches_its_own_element_only()
    {
        foreach (string name in Optimizer.Names)
        {
            Parameter[] parameters = OptimizerCases.Parameters(20);
            Optimizer optimizer = Optimizer.Create(name, parameters, 0.1);
            OptimizerCases.SetGradient(parameters[0], 1);
            parameters[0].Gradient[7] = float.NaN;
            optimizer.Step();
            Assert.Equal([7], Enumerable.Range(0, 20).Where(i => float.IsNaN(parameters[0].Value[i])));
        }
    }

    private static string[] NamesOf(Optimizer optimizer) => [.. optimizer.State.Select(state => state.Name)];

    private static void Run(Optimizer optimizer, int firstStep, int steps)
    {
        for (int step = firstStep; step < firstStep + steps; step++)
        {
            foreach (Parameter parameter in optimizer.Parameters)
            {
                OptimizerCases.SetGradient(parameter, step);
            }

            optimizer.Step();
        }
    }

    private static void AssertAgrees(OptimizerCase optimizerCase, string context, double tolerance)
    {
        Parameter[] parameters = OptimizerCases.Parameters(1, 2, 7, 8, 15, 16, 17, 31, 33, 65);
        PlainParameter[] plain = [.. parameters.Select(p => new PlainParameter(TestTensors.ToDouble(p.Value.Span), optimizerCase.InitialSquares))];
        Optimizer optimizer = optimizerCase.Create(parameters);
        for (int step = 1; step <= Steps; step++)
        {
            Run(optimizer, step, 1);
            foreach ((PlainParameter expected, Parameter parameter) in plain.Zip(parameters))
            {
                optimizerCase.PlainStep(expected, TestTensors.ToDouble(parameter.Gradient.Span), step);
            }

            double[] expectedValues = [.. plain.SelectMany(parameter => parameter.Value)];
            float[] actualValues = [.. parameters.SelectMany(parameter => parameter.Value.Span.ToArray())];
            TestTensors.AssertClose(expectedValues, actualValues, tolerance, $"{context}, step {step}");
        }
    }
}
