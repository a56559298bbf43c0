using FastConv.Layers;
using FastConv.Tensors;

namespace FastConv.Tests.Golden;

public sealed class BatchNormGoldenTests
{
    private const string Topic = "batch-norm";

    [Theory]
    [GoldenData(Topic)]
    public void Training_running_statistics_and_evaluation_agree(string name)
    {
        var golden = new GoldenCase(Topic, name);
        GoldenArguments arguments = golden.Arguments;
        int[] size = arguments.Ints("shape");
        BatchNormLayer layer = LayerOf(golden, size);
        if (golden.Has("refused"))
        {
            Assert.Throws<ArgumentException>(() => layer.Forward(new Tensor(size)));
            return;
        }

        int steps = arguments.Int("steps", 1);
        Tensor input = Tensor.From(Input(golden, size, 0), size);
        Tensor output = layer.Forward(input);
        for (int step = 1; step < steps; step++)
        {
            Input(golden, size, step).CopyTo(input.Span);
            output = layer.Forward(input);
        }

        Tensor gradOutput = Tensor.From(golden.Draw("gradOutput", input.Length), size);
        float[] weight = layer.Weight is null ? [] : [.. layer.Weight.Value.Values];
        float[] bias = layer.Bias is null ? [] : [.. layer.Bias.Value.Values];
        BatchNormBound bound = BatchNormBound.OfBatch(golden, layer.Epsilon, input.Values, gradOutput.Values, weight, bias);
        bound.AssertOutput("output", output.Values);
        bound.AssertGradInput("gradInput", layer.Backward(gradOutput)!.Values);
        AssertParameterGradients(bound, layer, "grad");
        bound.AssertRunning(layer.RunningMean.Values, layer.RunningVariance.Values, steps);

        layer.Eval();
        bound = BatchNormBound.OfRunningStatistics(golden, layer.Epsilon, input.Values, gradOutput.Values, weight, bias);
        bound.AssertOutput("evalOutput", layer.Forward(input).Values);
        bound.AssertOutput("evalOutput", layer.Predict(input).Values);
        bound.AssertGradInput("evalGradInput", layer.Backward(gradOutput)!.Values);
        AssertParameterGradients(bound, layer, "evalGrad");
    }

    private static void AssertParameterGradients(BatchNormBound bound, BatchNormLayer layer, string prefix)
    {
        if (layer is { Weight: { } weight, Bias: { } bias })
        {
            bound.AssertGradWeight($"{prefix}Weight", weight.Gradient.Values);
            bound.AssertGradBias($"{prefix}Bias", bias.Gradient.Values);
            weight.Gradient.Span.Clear();
            bias.Gradient.Span.Clear();
        }
    }

    private static BatchNormLayer LayerOf(GoldenCase golden, int[] size)
    {
        GoldenArguments arguments = golden.Arguments;
        float epsilon = (float)arguments.Number("epsilon", 1e-5);
        float? momentum = arguments.IsNull("momentum") ? null : (float)arguments.Number("momentum", 0.1);
        bool affine = arguments.Flag("affine", otherwise: true);
        BatchNormLayer layer = size.Length == 2 ? new BatchNorm1d(size[1], epsilon, momentum, affine) : new BatchNorm2d(size[1], epsilon, momentum, affine);
        if (affine)
        {
            golden.Draw("weight", size[1], scale: 0.5, offset: 1).CopyTo(layer.Weight!.Value.Span);
            golden.Draw("bias", size[1]).CopyTo(layer.Bias!.Value.Span);
        }

        return layer;
    }

    private static float[] Input(GoldenCase golden, int[] size, int step)
    {
        int count = size.Aggregate((product, side) => product * side);
        int plane = count / size[0] / size[1];
        float[] numbers = golden.Draw($"input {step}", count);
        float[] scales = golden.Arguments.Floats("scales");
        double offset = golden.Arguments.Number("offset");
        for (int i = 0; i < count; i++)
        {
            numbers[i] = (float)(offset + numbers[i] * (scales.Length == 0 ? 1 : scales[i / plane % size[1]]));
        }

        return numbers;
    }
}
