using FastConv.Layers;
using FastConv.Shapes;
using FastConv.Tensors;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Golden;

public sealed class LinearGoldenTests
{
    private const string Topic = "linear";

    [Theory]
    [GoldenData(Topic)]
    public void Output_and_gradients_agree(string name)
    {
        var golden = new GoldenCase(Topic, name);
        int rows = golden.Arguments.Int("rows");
        int[] features = golden.Arguments.Ints("features");
        int bits = golden.Arguments.Int("bits");
        bool hasBias = golden.Arguments.Flag("bias");
        var test = new ConvCase(
            name,
            Conv2dShape.Create(rows, features[0], 1, 1, features[1], 1),
            golden.Draw("input", rows * features[0], bits),
            golden.Draw("weight", features[0] * features[1], bits),
            hasBias ? golden.Draw("bias", features[1], bits) : new float[features[1]],
            golden.Draw("gradOutput", rows * features[1], bits));
        var layer = new Linear(features[0], features[1], hasBias);
        test.Weight.CopyTo(layer.Weight.Value.Span);
        if (hasBias)
        {
            test.Bias.CopyTo(layer.Bias!.Value.Span);
        }

        Tensor output = layer.Forward(Tensor.From(test.Input, rows, features[0]));
        Tensor gradInput = layer.Backward(Tensor.From(test.GradOutput, rows, features[1]))!;

        const string Context = "linear";
        var bound = new ConvolutionBound(test, golden, isExact: bits == 9);
        bound.AssertOutput(output.Values, Context);
        bound.AssertGradInput(gradInput.Values, Context);
        bound.AssertGradWeight(layer.Weight.Gradient.Values, Context);
        if (hasBias)
        {
            bound.AssertGradBias(layer.Bias!.Gradient.Values, Context);
        }
    }
}
