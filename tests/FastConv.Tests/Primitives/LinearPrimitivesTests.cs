using FastConv.Primitives;
using FastConv.Tests.Cases;
using FastConv.Tests.Reference;

namespace FastConv.Tests.Primitives;

public sealed class LinearPrimitivesTests
{
    public static TheoryData<int, int, int> Sizes
    {
        get
        {
            TheoryData<int, int, int> sizes = [];
            foreach (int batch in (int[])[1, 2, 7, 16, 33])
            {
                foreach (int inFeatures in (int[])[1, 3, 8, 17, 65])
                {
                    foreach (int outFeatures in (int[])[1, 2, 9, 16, 31])
                    {
                        sizes.Add(batch, inFeatures, outFeatures);
                    }
                }
            }

            sizes.Add(3, 785, 10); // k beyond one block
            sizes.Add(7, 17, 150); // columns beyond four of any vector
            return sizes;
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Forward_IsTheDefinition(int batch, int inFeatures, int outFeatures)
    {
        Values values = new(batch, inFeatures, outFeatures);
        foreach (float[] bias in (float[][])[[], values.Bias])
        {
            GuardedValues output = GuardedValues.Unwritten(batch * outFeatures);
            LinearPrimitives.Forward(
                batch, inFeatures, outFeatures, new GuardedValues(values.Input).Span, new GuardedValues(values.Weight).Span, bias, output.Span);

            output.AssertGuardsUntouched();
            double[] Reference(Func<float[], double[]> convert) => LinearReference.Forward(
                batch, inFeatures, outFeatures, convert(values.Input), convert(values.Weight), bias.Length == 0 ? null : convert(bias));
            ErrorBound.AssertWithin(Reference(Exact), Reference(Absolute), inFeatures + 1, output.Span, "forward");
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void BackwardInput_IsTheGradientAndOverwrites(int batch, int inFeatures, int outFeatures)
    {
        Values values = new(batch, inFeatures, outFeatures);
        GuardedValues gradInput = GuardedValues.Unwritten(batch * inFeatures);
        LinearPrimitives.BackwardInput(
            batch, inFeatures, outFeatures, new GuardedValues(values.GradOutput).Span, new GuardedValues(values.Weight).Span, gradInput.Span);

        gradInput.AssertGuardsUntouched();
        double[] Reference(Func<float[], double[]> convert) =>
            LinearReference.BackwardInput(batch, inFeatures, outFeatures, convert(values.GradOutput), convert(values.Weight));
        ErrorBound.AssertWithin(Reference(Exact), Reference(Absolute), outFeatures, gradInput.Span, "backward input");
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void BackwardWeight_AddsTheGradients(int batch, int inFeatures, int outFeatures)
    {
        Values values = new(batch, inFeatures, outFeatures);
        foreach (bool hasBias in (bool[])[true, false])
        {
            GuardedValues gradWeight = new(values.Weight);
            GuardedValues gradBias = new(values.Bias);
            LinearPrimitives.BackwardWeight(
                batch,
                inFeatures,
                outFeatures,
                new GuardedValues(values.Input).Span,
                new GuardedValues(values.GradOutput).Span,
                gradWeight.Span,
                hasBias ? gradBias.Span : []);

            gradWeight.AssertGuardsUntouched();
            gradBias.AssertGuardsUntouched();
            double[] Weight(Func<float[], double[]> convert) => Sum(
                convert(values.Weight), LinearReference.BackwardWeight(batch, inFeatures, outFeatures, convert(values.Input), convert(values.GradOutput)));
            double[] Bias(Func<float[], double[]> convert) =>
                hasBias ? Sum(convert(values.Bias), LinearReference.BackwardBias(batch, outFeatures, convert(values.GradOutput))) : convert(values.Bias);
            ErrorBound.AssertWithin(Weight(Exact), Weight(Absolute), batch + 1, gradWeight.Span, "backward weight");
            ErrorBound.AssertWithin(Bias(Exact), Bias(Absolute), batch + 1, gradBias.Span, "backward bias");
        }
    }

    [Theory]
    [InlineData(0, 3, 4)]
    [InlineData(2, -3, 4)]
    [InlineData(2, 3, 0)]
    [InlineData(1 << 16, 1 << 16, 1)]
    [InlineData(1, 1 << 16, 1 << 16)]
    public void ImpossibleSizes_AreRefused(int batch, int inFeatures, int outFeatures)
    {
        float[] result = TestTensors.NaNs(8);

        Assert.ThrowsAny<ArgumentException>(() => LinearPrimitives.Forward(batch, inFeatures, outFeatures, new float[6], new float[12], [], result));
        Assert.ThrowsAny<ArgumentException>(() => LinearPrimitives.BackwardInput(batch, inFeatures, outFeatures, new float[8], new float[12], result));
        Assert.ThrowsAny<ArgumentException>(() => LinearPrimitives.BackwardWeight(batch, inFeatures, outFeatures, new float[6], new float[8], result, []));
        TestTensors.AssertUntouched(result);
    }

    [Theory]
    [InlineData(7, 12, 4, 8, "input expects 6 elements, received 7.")]
    [InlineData(6, 11, 4, 8, "weight expects 12 elements, received 11.")]
    [InlineData(6, 12, 3, 8, "bias expects 4 elements or none, received 3.")]
    [InlineData(6, 12, 4, 9, "output expects 8 elements, received 9.")]
    public void Forward_RefusesWrongLengths(int input, int weight, int bias, int output, string message)
    {
        float[] result = TestTensors.NaNs(output);
        var error = Assert.Throws<ArgumentException>(
            () => LinearPrimitives.Forward(2, 3, 4, new float[input], new float[weight], new float[bias], result));

        Assert.StartsWith("Linear.Forward: " + message, error.Message, StringComparison.Ordinal);
        TestTensors.AssertUntouched(result);
    }

    [Theory]
    [InlineData(7, 12, 6, "gradOutput expects 8 elements, received 7.")]
    [InlineData(8, 13, 6, "weight expects 12 elements, received 13.")]
    [InlineData(8, 12, 5, "gradInput expects 6 elements, received 5.")]
    public void BackwardInput_RefusesWrongLengths(int gradOutput, int weight, int gradInput, string message)
    {
        float[] result = TestTensors.NaNs(gradInput);
        var error = Assert.Throws<ArgumentException>(() => LinearPrimitives.BackwardInput(2, 3, 4, new float[gradOutput], new float[weight], result));

        Assert.StartsWith("Linear.BackwardInput: " + message, error.Message, StringComparison.Ordinal);
        TestTensors.AssertUntouched(result);
    }

    [Theory]
    [InlineData(5, 8, 12, 4, "input expects 6 elements, received 5.")]
    [InlineData(6, 9, 12, 4, "gradOutput expects 8 elements, received 9.")]
    [InlineData(6, 8, 11, 4, "gradWeight expects 12 elements, received 11.")]
    [InlineData(6, 8, 12, 5, "gradBias expects 4 elements or none, received 5.")]
    public void BackwardWeight_RefusesWrongLengths(int input, int gradOutput, int gradWeight, int gradBias, string message)
    {
        float[] weightResult = TestTensors.NaNs(gradWeight);
        float[] biasResult = TestTensors.NaNs(gradBias);
        var error = Assert.Throws<ArgumentException>(
            () => LinearPrimitives.BackwardWeight(2, 3, 4, new float[input], new float[gradOutput], weightResult, biasResult));

        Assert.StartsWith("Linear.BackwardWeight: " + message, error.Message, StringComparison.Ordinal);
        TestTensors.AssertUntouched(weightResult);
        TestTensors.AssertUntouched(biasResult);
    }

    [Fact]
    public void ResultsInTheMemoryOfInputs_AreRefused()
    {
        float[] memory = TestTensors.NaNs(100);

        Assert.Throws<ArgumentException>(() => LinearPrimitives.Forward(2, 3, 4, memory.AsSpan(0, 6), new float[12], [], memory.AsSpan(5, 8)));
        Assert.Throws<ArgumentException>(() => LinearPrimitives.Forward(2, 3, 4, new float[6], new float[12], memory.AsSpan(7, 4), memory.AsSpan(0, 8)));
        Assert.Throws<ArgumentException>(() => LinearPrimitives.BackwardInput(2, 3, 4, memory.AsSpan(0, 8), new float[12], memory.AsSpan(7, 6)));
        Assert.Throws<ArgumentException>(
            () => LinearPrimitives.BackwardWeight(2, 3, 4, new float[6], memory.AsSpan(0, 8), memory.AsSpan(7, 12), new float[4]));
        Assert.Throws<ArgumentException>(
            () => LinearPrimitives.BackwardWeight(2, 3, 4, new float[6], new float[8], memory.AsSpan(0, 12), memory.AsSpan(11, 4)));
        TestTensors.AssertUntouched(memory);
    }

    private static double[] Exact(float[] values) => TestTensors.ToDouble(values);

    private static double[] Absolute(float[] values) => ErrorBound.Absolute(TestTensors.ToDouble(values));

    private static double[] Sum(double[] x, double[] y) => [.. x.Zip(y, (left, right) => left + right)];

    private sealed class Values(int batch, int inFeatures, int outFeatures)
    {
        public float[] Input { get; } = TestTensors.Random(1, batch * inFeatures);

        public float[] Weight { get; } = TestTensors.Random(2, outFeatures * inFeatures);

        public float[] Bias { get; } = TestTensors.Random(3, outFeatures);

        public float[] GradOutput { get; } = TestTensors.Random(4, batch * outFeatures);
    }
}
