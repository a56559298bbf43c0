using System.Buffers;

namespace FastConv.Data;

/// <summary>
/// Which values of one axis each value of the resized axis is made of, and their weights. With scale = end / new, output i has its centre at
/// scale (i + 1/2); its weights are a triangle around it, max(1, scale) wide on both sides, cut at the ends and divided by their sum. The end is the axis' length, or
/// a little less where only a part of its last value belongs to the image.
/// </summary>
internal readonly struct ResizeAxis : IDisposable
{
    private readonly int _most;
    private readonly int[] _ranges;
    private readonly float[] _weights;

    public ResizeAxis(int oldLength, double end, int newLength)
    {
        double scale = end / newLength;
        double reach = Math.Max(1, scale);
        Length = newLength;
        _most = Math.Min(oldLength, (int)Math.Ceiling(reach) * 2 + 1);
        _ranges = ArrayPool<int>.Shared.Rent(checked(2 * newLength));
        _weights = ArrayPool<float>.Shared.Rent(checked(_most * newLength));
        for (int index = 0; index < newLength; index++)
        {
            double center = scale * (index + 0.5);
            int first = Math.Max((int)(center - reach + 0.5), 0);
            int count = Math.Min(Math.Min((int)(center + reach + 0.5), oldLength) - first, _most);
            _ranges[2 * index] = first;
            _ranges[2 * index + 1] = count;
            Fill(_weights.AsSpan(index * _most, count), first - center + 0.5, reach);
        }
    }

    /// <summary>Values on the resized axis.</summary>
    public int Length { get; }

    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_ranges);
        ArrayPool<float>.Shared.Return(_weights);
    }

    /// <summary>The weights of one output, at least one; the first belongs to the input <paramref name="first"/>.</summary>
    public ReadOnlySpan<float> Weights(int index, out int first)
    {
        first = _ranges[2 * index];
        return _weights.AsSpan(index * _most, _ranges[2 * index + 1]);
    }

    /// <summary>Resizes values that lie one beside the other.</summary>
    public void Row(ReadOnlySpan<float> source, Span<float> result)
    {
        for (int index = 0; index < result.Length; index++)
        {
            ReadOnlySpan<float> weights = Weights(index, out int first);
            float sum = 0;
            for (int tap = 0; tap < weights.Length; tap++)
            {
                sum = MathF.FusedMultiplyAdd(weights[tap], source[first + tap], sum);
            }

            result[index] = sum;
        }
    }

    private static void Fill(Span<float> weights, double distance, double reach)
    {
        double sum = 0;
        for (int tap = 0; tap < weights.Length; tap++)
        {
            sum += Triangle((tap + distance) / reach);
        }

        for (int tap = 0; tap < weights.Length; tap++)
        {
            weights[tap] = (float)(Triangle((tap + distance) / reach) / sum);
        }
    }

    private static double Triangle(double distance) => Math.Max(0, 1 - Math.Abs(distance));
}
