using FastConv.Primitives;
using FastConv.Tests.Reference;

namespace FastConv.Fuzz.Shapes;

/// <summary>All passes of a linear layer.</summary>
internal sealed class LinearTarget() : ShapeTarget("linear")
{
    protected override string Run(Random random)
    {
        int most = random.Next(4) == 0 ? 150 : 40;
        (int batch, int inFeatures, int outFeatures) = (Size(random, most), Size(random, most), Size(random, most));
        bool isRight = batch > 0 && inFeatures > 0 && outFeatures > 0;
        float[] input = Values(random, MatrixLength(random, batch, inFeatures, ref isRight));
        float[] weight = Values(random, MatrixLength(random, outFeatures, inFeatures, ref isRight));
        float[] output = Unwritten(MatrixLength(random, batch, outFeatures, ref isRight));
        float[] bias = Values(random, random.Next(2) == 0 || outFeatures is < 0 or > 1 << 16 ? 0 : LengthFor(random, outFeatures, ref isRight));
        Activation activation = random.Next(2) == 0 ? Activation.ReLU : Activation.None;
        if (!Ran(() => LinearPrimitives.Forward(batch, inFeatures, outFeatures, input, weight, bias, output, activation), output, isRight || bias.Length == 0))
        {
            return "refused";
        }

        double[] expected = LinearReference.Forward(batch, inFeatures, outFeatures, Doubles(input), Doubles(weight), bias.Length == 0 ? null : Doubles(bias));
        string what = $"linear {batch} x {inFeatures} x {outFeatures}";
        AssertClose(what, activation == Activation.ReLU ? Array.ConvertAll(expected, value => Math.Max(value, 0)) : expected, output);

        float[] gradOutput = Values(random, output.Length);
        float[] gradInput = Unwritten(input.Length);
        LinearPrimitives.BackwardInput(batch, inFeatures, outFeatures, gradOutput, weight, gradInput);
        AssertClose($"backward to the input of {what}", LinearReference.BackwardInput(batch, inFeatures, outFeatures, Doubles(gradOutput), Doubles(weight)), gradInput);

        // Added to what is there.
        float[] gradWeight = new float[weight.Length];
        float[] gradBias = new float[outFeatures];
        LinearPrimitives.BackwardWeight(batch, inFeatures, outFeatures, input, gradOutput, gradWeight, gradBias);
        AssertClose($"backward to the weights of {what}", LinearReference.BackwardWeight(batch, inFeatures, outFeatures, Doubles(input), Doubles(gradOutput)), gradWeight);
        AssertClose($"backward to the bias of {what}", LinearReference.BackwardBias(batch, outFeatures, Doubles(gradOutput)), gradBias);
        return $"right {bias.Length > 0} {activation}";
    }
}
