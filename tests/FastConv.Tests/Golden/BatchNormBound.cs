using FastConv.Shapes;
using FastConv.Tests.Reference;

namespace FastConv.Tests.Golden;

/// <summary>
/// What float may lose in batch normalisation. With s = 1 / sqrt(variance + epsilon), x - mean is the difference of two rounded numbers, so the normalised value is
/// known to k = s (|x| + |mean|) units of rounding, however small it is; everything else is sums over a channel.
/// </summary>
internal sealed class BatchNormBound
{
    // Statistics, their root and the map over them; and 16 lanes of sums.
    private const int MapRoundings = 12;
    private const int Lanes = 16;

    private readonly GoldenCase _golden;
    private readonly BatchNormShape _shape;
    private readonly double[] _scale;
    private readonly double[] _known;
    private readonly double[] _normalized;
    private readonly double[] _grad;
    private readonly double[] _weight;
    private readonly double[] _bias;
    private readonly double[] _meanAbsolute;
    private readonly bool _throughStatistics;

    private BatchNormBound(
        GoldenCase golden, BatchNormShape shape, double epsilon, float[] x, float[] gradOutput, float[] weight, float[] bias, double[] mean, double[] variance, bool throughStatistics)
    {
        (_golden, _shape, _throughStatistics) = (golden, shape, throughStatistics);
        _scale = Array.ConvertAll(variance, value => 1 / Math.Sqrt(value + epsilon));
        _known = [.. x.Select((value, i) => _scale[Channel(i)] * (Math.Abs(value) + Math.Abs(mean[Channel(i)])))];
        _normalized = [.. x.Select((value, i) => _scale[Channel(i)] * Math.Abs(value - mean[Channel(i)]))];
        _grad = Array.ConvertAll(gradOutput, value => (double)Math.Abs(value));
        _weight = weight.Length == 0 ? [.. mean.Select(_ => 1.0)] : Array.ConvertAll(weight, value => (double)Math.Abs(value));
        _bias = bias.Length == 0 ? new double[mean.Length] : Array.ConvertAll(bias, value => (double)Math.Abs(value));
        _meanAbsolute = Means(i => Math.Abs((double)x[i]));
    }

    private int SumRoundings => MapRoundings + _shape.ValuesPerChannel / Lanes;

    public static BatchNormBound OfBatch(
        GoldenCase golden, double epsilon, ReadOnlySpan<float> x, ReadOnlySpan<float> gradOutput, float[] weight, float[] bias)
    {
        BatchNormShape shape = ShapeOf(golden);
        (double[] mean, double[] variance) = BatchNormReference.Statistics(shape, Array.ConvertAll(x.ToArray(), value => (double)value));
        return new BatchNormBound(golden, shape, epsilon, x.ToArray(), gradOutput.ToArray(), weight, bias, mean, variance, throughStatistics: true);
    }

    public static BatchNormBound OfRunningStatistics(
        GoldenCase golden, double epsilon, ReadOnlySpan<float> x, ReadOnlySpan<float> gradOutput, float[] weight, float[] bias)
    {
        double[] mean = Array.ConvertAll(golden.Expected("runningMean"), value => (double)value);
        double[] variance = Array.ConvertAll(golden.Expected("runningVariance"), value => (double)value);
        return new BatchNormBound(golden, ShapeOf(golden), epsilon, x.ToArray(), gradOutput.ToArray(), weight, bias, mean, variance, throughStatistics: false);
    }

    public void AssertOutput(string tensor, ReadOnlySpan<float> actual) =>
        Assert(tensor, i => _weight[Channel(i)] * _known[i] + _bias[Channel(i)], SumRoundings, actual);

    /// <summary>Through batch statistics: weight * s * (g - mean(g) - normalised * mean(g * normalised)); else weight * s * g.</summary>
    public void AssertGradInput(string tensor, ReadOnlySpan<float> actual)
    {
        double[] meanGrad = Means(i => _grad[i]);
        double[] meanProduct = Means(i => _grad[i] * (_normalized[i] + _known[i]));
        Assert(
            tensor,
            i => _weight[Channel(i)] * _scale[Channel(i)]
                * (_grad[i] + (_throughStatistics ? meanGrad[Channel(i)] + (_normalized[i] + _known[i]) * meanProduct[Channel(i)] : 0)),
            SumRoundings,
            actual);
    }

    public void AssertGradWeight(string tensor, ReadOnlySpan<float> actual)
    {
        double[] products = Means(i => _grad[i] * (_normalized[i] + _known[i]));
        Assert(tensor, c => products[c] * _shape.ValuesPerChannel, SumRoundings, actual);
    }

    public void AssertGradBias(string tensor, ReadOnlySpan<float> actual)
    {
        double[] sums = Means(i => _grad[i]);
        Assert(tensor, c => sums[c] * _shape.ValuesPerChannel, SumRoundings, actual);
    }

    /// <summary>Every step rounds the average three times; batches have about the same magnitudes. A variance is a sum of squares, and relative to itself.</summary>
    public void AssertRunning(ReadOnlySpan<float> mean, ReadOnlySpan<float> variance, int steps)
    {
        float[] expected = _golden.Expected("runningVariance");
        Assert("runningMean", c => 2 * _meanAbsolute[c], SumRoundings + 3 * steps, mean);
        Assert("runningVariance", c => expected[c], SumRoundings + 3 * steps, variance);
    }

    private static BatchNormShape ShapeOf(GoldenCase golden)
    {
        int[] size = golden.Arguments.Ints("shape");
        return BatchNormShape.Create(size[0], size[1], size[2..].Aggregate(1, (product, side) => product * side));
    }

    private int Channel(int i) => i / _shape.Plane % _shape.Channels;

    private double[] Means(Func<int, double> term)
    {
        var means = new double[_shape.Channels];
        for (int i = 0; i < _shape.InputShape.Length; i++)
        {
            means[Channel(i)] += term(i) / _shape.ValuesPerChannel;
        }

        return means;
    }

    private void Assert(string tensor, Func<int, double> magnitude, int roundings, ReadOnlySpan<float> actual) =>
        GoldenBound.AssertWithin(_golden.Expected(tensor), magnitude, roundings, actual, $"{_golden.Name}, {tensor}");
}
