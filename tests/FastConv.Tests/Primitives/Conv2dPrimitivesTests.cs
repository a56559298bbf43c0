using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tests.Cases;
using FastConv.Tests.Reference;

namespace FastConv.Tests.Primitives;

/// <summary>Every algorithm that accepts a case, on all three passes, against the definition in double precision.</summary>
public sealed class Conv2dPrimitivesTests
{
    /// <summary>These promise to do every shape and pass.</summary>
    private static readonly ConvolutionAlgorithm[] General = [ConvolutionAlgorithm.Auto, ConvolutionAlgorithm.Im2ColGemm, ConvolutionAlgorithm.Direct];

    [Theory]
    [MemberData(nameof(ConvCases.Names), MemberType = typeof(ConvCases))]
    public void Forward_IsTheDefinition(string name)
    {
        ConvCase test = ConvCases.Get(name);
        double[] image = TestTensors.ToDouble(test.Input);
        double[] filters = TestTensors.ToDouble(test.Weight);
        double[] expected = Conv2dReference.Forward(test.Shape, image, filters, null);
        double[] magnitude = Conv2dReference.Forward(test.Shape, ErrorBound.Absolute(image), ErrorBound.Absolute(filters), null);
        foreach (float[] bias in (float[][])[[], test.Bias])
        {
            for (int i = 0; i < expected.Length && bias.Length > 0; i++)
            {
                expected[i] += bias[i / test.Shape.OutputPlane % bias.Length];
                magnitude[i] += Math.Abs(bias[i / test.Shape.OutputPlane % bias.Length]);
            }

            ForEachAlgorithm(algorithm =>
            {
                var (input, weight, output) = (new GuardedValues(test.Input), new GuardedValues(test.Weight), GuardedValues.Unwritten(expected.Length));
                var options = new ConvolutionOptions { Algorithm = algorithm };
                if (IsAccepted(algorithm, output, () => Conv2dPrimitives.Forward(test.Shape, input.Span, weight.Span, bias, output.Span, options)))
                {
                    AssertWithin(test.Shape, ConvolutionPass.Forward, options, expected, magnitude, test.ForwardTerms, output.Span, $"{algorithm}, {test}");
                }
            });
        }
    }

    [Theory]
    [MemberData(nameof(ConvCases.Names), MemberType = typeof(ConvCases))]
    public void BackwardInput_IsTheGradientAndOverwrites(string name)
    {
        ConvCase test = ConvCases.Get(name);
        double[] gradient = TestTensors.ToDouble(test.GradOutput);
        double[] filters = TestTensors.ToDouble(test.Weight);
        double[] expected = Conv2dReference.BackwardInput(test.Shape, gradient, filters);
        double[] magnitude = Conv2dReference.BackwardInput(test.Shape, ErrorBound.Absolute(gradient), ErrorBound.Absolute(filters));
        ForEachAlgorithm(algorithm =>
        {
            var (gradOutput, weight) = (new GuardedValues(test.GradOutput), new GuardedValues(test.Weight));
            GuardedValues gradInput = GuardedValues.Unwritten(expected.Length);
            var options = new ConvolutionOptions { Algorithm = algorithm };
            if (IsAccepted(algorithm, gradInput, () => Conv2dPrimitives.BackwardInput(test.Shape, gradOutput.Span, weight.Span, gradInput.Span, options)))
            {
                AssertWithin(
                    test.Shape, ConvolutionPass.BackwardInput, options, expected, magnitude, test.BackwardInputTerms, gradInput.Span, $"{algorithm}, {test}");
            }
        });
    }

    [Theory]
    [MemberData(nameof(ConvCases.Names), MemberType = typeof(ConvCases))]
    public void BackwardWeight_AddsTheGradients(string name)
    {
        ConvCase test = ConvCases.Get(name);
        Conv2dShape shape = test.Shape;
        float[] oldWeight = TestTensors.Random(5, shape.WeightShape.Length);
        float[] oldBias = TestTensors.Random(6, shape.OutChannels);
        double[] image = TestTensors.ToDouble(test.Input);
        double[] gradient = TestTensors.ToDouble(test.GradOutput);
        double[] expectedWeight = Sum(oldWeight, Conv2dReference.BackwardWeight(shape, image, gradient));
        double[] expectedBias = Sum(oldBias, Conv2dReference.BackwardBias(shape, gradient));
        double[] absolute = ErrorBound.Absolute(gradient);
        double[] weightMagnitude = Sum(Absolute(oldWeight), Conv2dReference.BackwardWeight(shape, ErrorBound.Absolute(image), absolute));
        double[] biasMagnitude = Sum(Absolute(oldBias), Conv2dReference.BackwardBias(shape, absolute));
        ForEachAlgorithm(algorithm =>
        {
            foreach (bool hasBias in (bool[])[true, false])
            {
                var (input, gradOutput) = (new GuardedValues(test.Input), new GuardedValues(test.GradOutput));
                var (gradWeight, gradBias) = (new GuardedValues(oldWeight), new GuardedValues(oldBias));
                var options = new ConvolutionOptions { Algorithm = algorithm };
                Action run = () => Conv2dPrimitives.BackwardWeight(
                    shape, input.Span, gradOutput.Span, gradWeight.Span, hasBias ? gradBias.Span : [], options);
                if (IsAccepted(algorithm, gradWeight, run, oldWeight))
                {
                    string context = $"{algorithm}, {test}";
                    AssertWithin(
                        shape, ConvolutionPass.BackwardWeight, options, expectedWeight, weightMagnitude, test.BackwardWeightTerms, gradWeight.Span, context);
                    if (hasBias)
                    {
                        ErrorBound.AssertWithin(expectedBias, biasMagnitude, test.BackwardWeightTerms, gradBias.Span, context);
                    }
                }

                if (!hasBias)
                {
                    TestTensors.AssertSameBits(oldBias, gradBias.Span);
                }

                gradBias.AssertGuardsUntouched();
            }
        });
    }

    private static void AssertWithin(
        Conv2dShape shape,
        ConvolutionPass pass,
        ConvolutionOptions options,
        double[] expected,
        double[] magnitude,
        int terms,
        ReadOnlySpan<float> actual,
        string context)
    {
        if (ConvolutionPlan.Choose(context, shape, pass, options).IsStrict)
        {
            ErrorBound.AssertWithin(expected, magnitude, terms, actual, context);
        }
        else
        {
            ErrorBound.AssertWithinTiles(expected, magnitude, terms, actual, context);
        }
    }

    [Theory]
    [InlineData("3x3 same")]
    [InlineData("depthwise")]
    [InlineData("1x1")]
    public void FusedActivation_IsForwardAndThenReLU(string name)
    {
        ConvCase test = ConvCases.Get(name);
        ForEachAlgorithm(algorithm =>
        {
            var plain = new ConvolutionOptions { Algorithm = algorithm };
            GuardedValues expected = GuardedValues.Unwritten(test.Shape.OutputShape.Length);
            if (IsAccepted(algorithm, expected, () => Conv2dPrimitives.Forward(test.Shape, test.Input, test.Weight, test.Bias, expected.Span, plain)))
            {
                var output = new float[expected.Span.Length];
                Conv2dPrimitives.Forward(test.Shape, test.Input, test.Weight, test.Bias, output, plain with { Activation = Activation.ReLU });
                ReLUPrimitives.Forward(expected.Span, expected.Span);

                Assert.Contains(0f, output);
                TestTensors.AssertSameBits(expected.Span, output, $"{algorithm}, {test}");
            }
        });
    }

    [Fact]
    public void EveryAlgorithm_CanDoSomething()
    {
        ForEachAlgorithm(algorithm =>
        {
            ConvCase test = ConvCases.Get(algorithm switch
            {
                ConvolutionAlgorithm.Depthwise => "depthwise",
                ConvolutionAlgorithm.Winograd5x5 => "parallel 5x5",
                _ => "3x3 same",
            });
            var options = new ConvolutionOptions { Algorithm = algorithm };
            GuardedValues output = GuardedValues.Unwritten(test.Shape.OutputShape.Length);
            GuardedValues gradInput = GuardedValues.Unwritten(test.Input.Length);
            GuardedValues gradWeight = GuardedValues.Unwritten(test.Weight.Length);

            Assert.True(
                Runs(output, () => Conv2dPrimitives.Forward(test.Shape, test.Input, test.Weight, test.Bias, output.Span, options))
                | Runs(gradInput, () => Conv2dPrimitives.BackwardInput(test.Shape, test.GradOutput, test.Weight, gradInput.Span, options))
                | Runs(gradWeight, () => Conv2dPrimitives.BackwardWeight(test.Shape, test.Input, test.GradOutput, gradWeight.Span, [], options)),
                $"{algorithm} accepts no pass of {test}");
        });
    }

    private static void ForEachAlgorithm(Action<ConvolutionAlgorithm> check) => Array.ForEach(Enum.GetValues<ConvolutionAlgorithm>(), check);

    // An algorithm may refuse a case, unless it is a general one; then it leaves the output as it was.
    private static bool IsAccepted(ConvolutionAlgorithm algorithm, GuardedValues output, Action run, float[]? before = null)
    {
        bool isAccepted = Runs(output, run, before);
        Assert.True(isAccepted || !General.Contains(algorithm), $"{algorithm} refused");
        return isAccepted;
    }

    private static bool Runs(GuardedValues output, Action run, float[]? before = null)
    {
        try
        {
            run();
            return true;
        }
        catch (ArgumentException)
        {
            TestTensors.AssertSameBits(before ?? TestTensors.NaNs(output.Span.Length), output.Span, "a refused output");
            return false;
        }
        finally
        {
            output.AssertGuardsUntouched();
        }
    }

    private static float[] Absolute(float[] values) => Array.ConvertAll(values, MathF.Abs);

    private static double[] Sum(float[] old, double[] added) => [.. old.Zip(added, (x, y) => x + y)];
}
