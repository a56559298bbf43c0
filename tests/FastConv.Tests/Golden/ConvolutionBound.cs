using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tests.Cases;
using FastConv.Tests.Reference;

namespace FastConv.Tests.Golden;

/// <summary>
/// Compares the passes of a convolution, or of a linear layer as one of 1 x 1, with golden numbers. Numbers of 9 bits have exact sums, and all of which every
/// output is one sum must agree exactly; else the bound of <see cref="ErrorBound"/> holds, over the plain version's sums of magnitudes.
/// </summary>
internal sealed class ConvolutionBound
{
    private readonly ConvCase _test;
    private readonly GoldenCase _golden;
    private readonly bool _isExact;
    private readonly Lazy<double[]> _forward;
    private readonly Lazy<double[]> _backwardInput;
    private readonly Lazy<double[]> _backwardWeight;
    private readonly Lazy<double[]> _backwardBias;

    public ConvolutionBound(ConvCase test, GoldenCase golden, bool isExact)
    {
        (_test, _golden, _isExact) = (test, golden, isExact);
        double[] image = ErrorBound.Absolute(TestTensors.ToDouble(test.Input));
        double[] filters = ErrorBound.Absolute(TestTensors.ToDouble(test.Weight));
        double[] bias = ErrorBound.Absolute(TestTensors.ToDouble(test.Bias));
        double[] gradient = ErrorBound.Absolute(TestTensors.ToDouble(test.GradOutput));
        _forward = new(() => Conv2dReference.Forward(test.Shape, image, filters, bias));
        _backwardInput = new(() => Conv2dReference.BackwardInput(test.Shape, gradient, filters));
        _backwardWeight = new(() => Conv2dReference.BackwardWeight(test.Shape, image, gradient));
        _backwardBias = new(() => Conv2dReference.BackwardBias(test.Shape, gradient));
    }

    public Conv2dShape Shape => _test.Shape;

    public void AssertOutput(ReadOnlySpan<float> actual, string context, ConvolutionOptions? options = null) =>
        AssertWithin("output", ConvolutionPass.Forward, _forward, _test.ForwardTerms, actual, context, options);

    public void AssertGradInput(ReadOnlySpan<float> actual, string context, ConvolutionOptions? options = null) =>
        AssertWithin("gradInput", ConvolutionPass.BackwardInput, _backwardInput, _test.BackwardInputTerms, actual, context, options);

    public void AssertGradWeight(ReadOnlySpan<float> actual, string context, ConvolutionOptions? options = null) =>
        AssertWithin("gradWeight", ConvolutionPass.BackwardWeight, _backwardWeight, _test.BackwardWeightTerms, actual, context, options);

    public void AssertGradBias(ReadOnlySpan<float> actual, string context) =>
        AssertWithin("gradBias", _backwardBias, _test.BackwardWeightTerms, actual, isStrict: true, context);

    private void AssertWithin(
        string tensor, ConvolutionPass pass, Lazy<double[]> magnitude, int terms, ReadOnlySpan<float> actual, string context, ConvolutionOptions? options) =>
        AssertWithin(tensor, magnitude, terms, actual, options is null || ConvolutionPlan.Choose(context, Shape, pass, options).IsStrict, context);

    private void AssertWithin(string tensor, Lazy<double[]> magnitude, int terms, ReadOnlySpan<float> actual, bool isStrict, string context)
    {
        float[] expected = _golden.Expected(tensor);
        string what = $"{_golden.Name}, {tensor}, {context}";
        if (!isStrict && !Array.TrueForAll(expected, float.IsFinite))
        {
            Assert.NotNull(_golden.Differs);
            Assert.Contains(actual.ToArray(), value => !float.IsFinite(value));
        }
        else if (!isStrict)
        {
            ErrorBound.AssertWithinTiles(TestTensors.ToDouble(expected), magnitude.Value, terms + 1, actual, what);
        }
        else if (_isExact)
        {
            GoldenBound.AssertExact(expected, actual, what);
        }
        else
        {
            GoldenBound.AssertWithin(expected, i => magnitude.Value[i], terms, actual, what);
        }
    }
}
