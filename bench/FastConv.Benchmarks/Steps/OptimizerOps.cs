using FastConv.Cli.Models;
using FastConv.Optimizers;
using FastConv.Shapes;
using FastConv.Tensors;

namespace FastConv.Benchmarks.Steps;

/// <summary>A step of an optimiser over the parameters of a model, with gradients that stay as they are.</summary>
internal static class OptimizerOps
{
    // Large enough for one step to show in the comparison of the values; the speed does not depend on it.
    private const double LearningRate = 0.1;
    private const double Momentum = 0.9;
    private const string Pass = "step";

    // Passes over memory: parameter and state are read and written, the gradient is read.
    private const int WithOneMoment = 5;
    private const int WithTwoMoments = 7;

    public static IEnumerable<OpCase> Create(OpSize size) =>
    [
        Case("Adam", "Adam", WithTwoMoments, size, parameters => new Adam(parameters, LearningRate)),
        Case("AdamW", "AdamW", WithTwoMoments, size, parameters => new AdamW(parameters, LearningRate)),
        Case("SGD momentum", "SGD", WithOneMoment, size, parameters => new Sgd(parameters, LearningRate, Momentum), Momentum),
        Case("RMSprop", "RMSprop", WithOneMoment, size, parameters => new RmsProp(parameters, LearningRate)),
        Case("Adagrad", "Adagrad", WithOneMoment, size, parameters => new AdaGrad(parameters, LearningRate)),
    ];

    private static OpCase Case(
        string name, string op, int passes, OpSize size, Func<IReadOnlyList<Parameter>, Optimizer> create, double? momentum = null)
    {
        TensorShape[] shapes = [.. ModelRegistry.Find(size.Model)!.Build(ModelRecipe.DefaultSeed).Parameters.Select(parameter => parameter.Value.Shape)];
        TensorShape all = [shapes.Sum(shape => shape.Length)];
        return new OpCase(name + size.Suffix, op, Pass, batch: 1)
        {
            Inputs = [new(all), new(all)],
            Result = all,
            Arguments = new { shapes = shapes.Select(shape => shape.Dimensions.ToArray()), learningRate = LearningRate, momentum },
            MovedBytes = passes * OpSize.Bytes(all),
            Bind = buffers => Bind(shapes, create, buffers),
        };
    }

    // The values are gathered into the result after the first call, which is the one that is compared.
    private static Action Bind(TensorShape[] shapes, Func<IReadOnlyList<Parameter>, Optimizer> create, OpBuffers buffers)
    {
        var parameters = new List<Parameter>();
        int offset = 0;
        foreach (TensorShape shape in shapes)
        {
            var parameter = new Parameter($"{parameters.Count}", Tensor.From(buffers.X.Values.Slice(offset, shape.Length), shape.Dimensions));
            buffers.Inputs[1].Values.Slice(offset, shape.Length).CopyTo(parameter.Gradient.Span);
            parameters.Add(parameter);
            offset += shape.Length;
        }

        Optimizer optimizer = create(parameters);
        return () =>
        {
            optimizer.Step();
            if (optimizer.StepCount == 1)
            {
                Gather(parameters, buffers.Result);
            }
        };
    }

    private static void Gather(List<Parameter> parameters, Tensor result)
    {
        int offset = 0;
        foreach (Parameter parameter in parameters)
        {
            parameter.Value.Values.CopyTo(result.Span[offset..]);
            offset += parameter.Value.Length;
        }
    }
}
