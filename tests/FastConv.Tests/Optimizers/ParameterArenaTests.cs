using FastConv.Optimizers;
using FastConv.Tensors;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Optimizers;

/// <summary>An optimiser puts its parameters side by side, and nobody who holds them notices.</summary>
public sealed unsafe class ParameterArenaTests
{
    private static readonly int[] Lengths = [1, 15, 16, 17, 70_000, 33];

    [Fact]
    public void Parameters_lie_side_by_side_on_cache_lines()
    {
        Parameter[] parameters = OptimizerCases.Parameters(Lengths);
        var optimizer = new Adam(parameters);
        for (int index = 0; index < parameters.Length; index++)
        {
            Assert.Equal(0, (long)parameters[index].Value.Pointer % 64);
            Assert.Equal(0, (long)parameters[index].Gradient.Pointer % 64);
            if (index > 0)
            {
                int padded = (Lengths[index - 1] + 15) / 16 * 16;
                Assert.True(parameters[index - 1].Value.Pointer + padded == parameters[index].Value.Pointer);
                Assert.True(parameters[index - 1].Gradient.Pointer + padded == parameters[index].Gradient.Pointer);
            }
        }

        Assert.All(optimizer.State, state => Assert.Equal(0, (long)state.Value.Pointer % 64));
    }

    [Fact]
    public void Tensors_views_names_and_contents_stay()
    {
        Parameter[] parameters = OptimizerCases.Parameters(Lengths);
        Tensor value = parameters[3].Value;
        Tensor view = value.Reshape(17, 1);
        Tensor gradientView = parameters[3].Gradient.Reshape(1, 17);
        parameters[3].Gradient.Span.Fill(2);
        float[] before = [.. value.Values];
        int version = value.Version;
        var optimizer = new Sgd(parameters, 0.5);

        Assert.Same(value, parameters[3].Value);
        Assert.Equal("3.weight", parameters[3].Name);
        TestTensors.AssertSameBits(before, value.Values, "the value");
        Assert.True(value.Pointer == view.Pointer);
        Assert.NotEqual(version, value.Version);
        version = view.Version;
        optimizer.Step();
        Assert.NotEqual(version, view.Version);
        Assert.Equal(before[5] - 1, view.Values[5], 1e-6f);
        optimizer.ZeroGradients();
        Assert.All(gradientView.Values.ToArray(), gradient => Assert.Equal(0, gradient));
        view[7, 0] = 9;
        Assert.Equal(9, value.Values[7]);
    }

    [Fact]
    public void What_lies_between_parameters_stays_zero()
    {
        foreach (string name in Optimizer.Names)
        {
            Parameter[] parameters = OptimizerCases.Parameters(3, 5);
            Optimizer optimizer = Optimizer.Create(name, parameters, 0.1);
            for (int step = 0; step < 3; step++)
            {
                OptimizerCases.SetGradient(parameters[0], step);
                OptimizerCases.SetGradient(parameters[1], step);
                optimizer.Step();
            }

            Assert.Equal(new float[13], new ReadOnlySpan<float>(parameters[0].Value.Pointer + 3, 13));
            Assert.Equal(new float[13], new ReadOnlySpan<float>(parameters[0].Gradient.Pointer + 3, 13));
            GC.KeepAlive(parameters);
        }
    }

    [Fact]
    public void Two_optimisers_may_share_parameters()
    {
        foreach (string name in Optimizer.Names)
        {
            Parameter[] shared = OptimizerCases.Parameters(20, 40_000, 7, 9);
            Parameter[] alone = OptimizerCases.Parameters(20, 40_000, 7, 9);
            Optimizer first = Optimizer.Create(name, shared[..3], 0.1);
            float* place = shared[1].Value.Pointer;
            Optimizer second = Optimizer.Create(name, shared[1..], 0.01);
            second.MaxGradientNorm = 2;
            Assert.True(place == shared[1].Value.Pointer);

            // The same steps, each over one parameter that nobody else has: copies that follow what the other optimiser does.
            for (int step = 0; step < 3; step++)
            {
                Array.ForEach(shared, parameter => OptimizerCases.SetGradient(parameter, step));
                first.Step();
                second.Step();
            }

            Follow(name, shared, alone);
        }
    }

    [Fact]
    public void An_optimiser_that_was_refused_has_moved_nothing()
    {
        Parameter[] parameters = OptimizerCases.Parameters(5, 6);
        float* value = parameters[1].Value.Pointer;
        Assert.ThrowsAny<ArgumentException>(() => new Sgd(parameters, momentum: 2));
        Assert.ThrowsAny<ArgumentException>(() => new AdaGrad(parameters, initialAccumulator: -1));
        Assert.ThrowsAny<ArgumentException>(() => new RmsProp(parameters, alpha: 2));
        Assert.ThrowsAny<ArgumentException>(() => new Adam(parameters, beta1: 2));
        Assert.True(value == parameters[1].Value.Pointer);
    }

    [Fact]
    public void Parameters_that_share_one_tensor_are_refused()
    {
        var value = new Tensor(4);
        string message = Assert.Throws<ArgumentException>(() => new Sgd([new Parameter("a", value), new Parameter("b", value.Reshape(2, 2))])).Message;
        Assert.Contains("Sgd: expects parameters with values of their own, 'b' shares them with another", message, StringComparison.Ordinal);
    }

    // The same with optimisers that each have all of their parameters to themselves; values are handed over between steps.
    private static void Follow(string name, Parameter[] shared, Parameter[] values)
    {
        Parameter[] ofFirst = OptimizerCases.Parameters(20, 40_000, 7);
        Parameter[] ofSecond = [.. values[1..].Select(parameter => new Parameter(parameter.Name, parameter.Value.Clone()))];
        Optimizer first = Optimizer.Create(name, ofFirst, 0.1);
        Optimizer second = Optimizer.Create(name, ofSecond, 0.01);
        second.MaxGradientNorm = 2;
        for (int step = 0; step < 3; step++)
        {
            Take(first, ofFirst, values[..3], step);
            Take(second, ofSecond, values[1..], step);
        }

        foreach ((Parameter expected, Parameter actual) in values.Zip(shared))
        {
            TestTensors.AssertClose(TestTensors.ToDouble(expected.Value.Values), actual.Value.Values, 1e-6, $"{name}, {expected}");
        }
    }

    private static void Take(Optimizer optimizer, Parameter[] own, Parameter[] values, int step)
    {
        foreach ((Parameter mine, Parameter current) in own.Zip(values))
        {
            current.Value.Values.CopyTo(mine.Value.Span);
            OptimizerCases.SetGradient(mine, step);
        }

        optimizer.Step();
        foreach ((Parameter mine, Parameter current) in own.Zip(values))
        {
            mine.Value.Values.CopyTo(current.Value.Span);
        }
    }
}
