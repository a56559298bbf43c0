using FastConv.Optimizers;
using FastConv.Tensors;

namespace FastConv.Tests.Golden;

/// <summary>Every optimiser with every option over 20 steps with given gradients, and clipping by their norm.</summary>
public sealed class OptimizerGoldenTests
{
    private const string Topic = "optimizers";
    private const int Steps = 20;

    // Of an update: the gradient's norm or decay, two averages, a root, a quotient.
    private const int Roundings = 12;

    // Of a parameter: AdamW's factor, the product with it, and the sum with the update.
    private const int ParameterRoundings = 3;

    private static readonly int[] Lengths = [5, 33];

    [Theory]
    [GoldenData(Topic)]
    public void Parameters_agree_after_every_step(string name)
    {
        var golden = new GoldenCase(Topic, name);
        GoldenArguments arguments = golden.Arguments;
        Parameter[] parameters =
            [.. Lengths.Select((length, index) => new Parameter($"{index}", Tensor.From(golden.Draw($"parameter {index}", length), length)))];
        float[] before = Values(parameters);
        Optimizer optimizer = Create(parameters, arguments);
        optimizer.MaxGradientNorm = arguments.Has("clip") ? arguments.Number("clip") : null;
        float[] expected = golden.Expected("parameters");

        Assert.Equal(golden.Differs is not null, expected.Any(float.IsNaN));

        // A step rounds numbers of the parameter's size, and of an update's size, of which the largest so far is a measure; steps add up.
        double[] magnitude = new double[before.Length];
        double largest = 0;
        for (int step = 0; step < Steps; step++)
        {
            for (int index = 0; index < Lengths.Length; index++)
            {
                int drawn = arguments.Flag("constant") ? 0 : step;
                golden.Draw($"gradient {index} of step {drawn}", Lengths[index], scale: arguments.Number("scale", 1)).CopyTo(parameters[index].Gradient.Span);
            }

            optimizer.Step();
            if (golden.Differs is not null)
            {
                Assert.All(Values(parameters), value => Assert.True(float.IsFinite(value), $"{name}, step {step + 1}: {value}"));
                continue;
            }

            float[] after = expected[(step * before.Length)..((step + 1) * before.Length)];
            largest = Math.Max(largest, before.Zip(after, (old, now) => Math.Abs((double)now - old)).Max());
            for (int i = 0; i < magnitude.Length; i++)
            {
                magnitude[i] += Math.Abs(after[i]) * ParameterRoundings / Roundings + largest;
            }

            GoldenBound.AssertWithin(after, i => magnitude[i], Roundings, Values(parameters), $"{name}, step {step + 1}");
            if (golden.Has("norms"))
            {
                GoldenBound.AssertClose([golden.Expected("norms")[step]], 2, [(float)optimizer.LastGradientNorm!], $"{name}, norm of step {step + 1}");
            }

            before = after;
        }
    }

    private static float[] Values(Parameter[] parameters) => [.. parameters.SelectMany(parameter => parameter.Value.Values.ToArray())];

    private static Optimizer Create(Parameter[] parameters, GoldenArguments arguments)
    {
        double Get(string name, double otherwise) => arguments.Number(name, otherwise);
        return arguments.Text("optimizer") switch
        {
            "Sgd" => new Sgd(
                parameters, Get("rate", 1e-3), Get("momentum", 0), Get("dampening", 0), arguments.Flag("nesterov"), Get("weightDecay", 0)),
            "AdaGrad" => new AdaGrad(parameters, Get("rate", 1e-2), Get("rateDecay", 0), Get("weightDecay", 0), Get("epsilon", 1e-10), Get("initial", 0)),
            "RmsProp" => new RmsProp(
                parameters, Get("rate", 1e-2), Get("alpha", 0.99), Get("epsilon", 1e-8), Get("weightDecay", 0), Get("momentum", 0), arguments.Flag("centered")),
            "Adam" => new Adam(parameters, Get("rate", 1e-3), Get("beta1", 0.9), Get("beta2", 0.999), Get("epsilon", 1e-8), Get("weightDecay", 0)),
            "AdamW" => new AdamW(parameters, Get("rate", 1e-3), Get("beta1", 0.9), Get("beta2", 0.999), Get("epsilon", 1e-8), Get("weightDecay", 1e-2)),
            string other => throw new InvalidDataException($"there is no optimiser '{other}'."),
        };
    }
}
