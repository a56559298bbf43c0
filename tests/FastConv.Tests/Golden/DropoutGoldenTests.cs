using FastConv.Layers;
using FastConv.Tensors;

namespace FastConv.Tests.Golden;

/// <summary>The generators differ: what is compared is the factor of what is kept, the share that is kept, and evaluation.</summary>
public sealed class DropoutGoldenTests
{
    private const string Topic = "dropout";
    private const int Count = 20000;

    [Theory]
    [GoldenData(Topic)]
    public void Factors_and_share_agree(string name)
    {
        var golden = new GoldenCase(Topic, name);
        double probability = golden.Arguments.Number("probability");
        var layer = new Dropout((float)probability);
        layer.Initialize(seed: 1);
        var ones = new float[Count];
        Array.Fill(ones, 1);
        Tensor input = Tensor.From(ones, Count);
        float[] output = layer.Forward(input).Values.ToArray();
        float factor = golden.Expected("factor")[0];
        GoldenBound.AssertClose([.. output.Select(value => value == 0 ? 0 : factor)], 2, output, $"{name}, output");
        GoldenBound.AssertExact(output, layer.Backward(input)!.Values, $"{name}, backward");

        // Two samples of a share: five standard deviations of their difference.
        double allowed = 5 * Math.Sqrt(2 * probability * (1 - probability) / Count);
        Assert.InRange(output.Count(value => value != 0) / (double)Count - golden.Expected("share")[0], -allowed - 1e-7, allowed + 1e-7);

        layer.Eval();
        Assert.All(layer.Forward(input).Values.ToArray(), value => Assert.Equal(golden.Expected("evalFactor")[0], value));
    }
}
