using System.Numerics;

namespace FastConv.Benchmarks.Suites.Scalar;

/// <summary>Batches in a given order, a new array each, copied pixel by pixel.</summary>
internal sealed class ScalarBatches(int[] order, int sampleLength, int batchSize)
{
    /// <summary>Makes all batches of an epoch and returns the last.</summary>
    public float[] Read<TPixel>(TPixel[] pixels, float scale)
        where TPixel : struct, INumberBase<TPixel>
    {
        float[] batch = [];
        for (int start = 0; start < order.Length; start += batchSize)
        {
            int count = Math.Min(batchSize, order.Length - start);
            batch = new float[count * sampleLength];
            for (int row = 0; row < count; row++)
            {
                int sample = order[start + row];
                for (int index = 0; index < sampleLength; index++)
                {
                    batch[row * sampleLength + index] = scale * float.CreateTruncating(pixels[sample * sampleLength + index]);
                }
            }
        }

        return batch;
    }
}
