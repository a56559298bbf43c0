using FastConv.Data;
using FastConv.Shapes;

namespace FastConv.Cli.Page;

/// <summary>A sample of a dataset as a picture that a page can contain.</summary>
/// <param name="Width">Pixels of the file.</param>
/// <param name="Height">Rows of the file.</param>
/// <param name="DataUri">The file itself, PNG.</param>
internal sealed record SamplePicture(int Width, int Height, string DataUri)
{
    private const int LargestSide = 112;

    /// <summary>
    /// The picture, large ones made smaller by whole factors. Values within [0, 1] or [0, 255] are taken for shares of white or bytes; others are
    /// stretched from their lowest to their highest.
    /// </summary>
    /// <param name="dataset">Its samples as they were before normalisation.</param>
    /// <param name="index">Which sample.</param>
    /// <returns>Null where a sample is no picture of one or three channels.</returns>
    public static SamplePicture? Of(IDataset dataset, int index)
    {
        TensorShape shape = dataset.SampleShape;
        if (shape.Rank != 3 || shape[0] is not (1 or 3))
        {
            return null;
        }

        (int channels, int height, int width) = (shape[0], shape[1], shape[2]);
        float[] sample = new float[shape.Length];
        dataset.Read(index, sample, out _);
        (float low, float high) = Range(sample);
        int factor = (Math.Max(height, width) + LargestSide - 1) / LargestSide;
        (int rows, int columns) = (height / factor, width / factor);
        byte[] pixels = new byte[rows * columns * channels];
        for (int c = 0; c < channels; c++)
        {
            for (int h = 0; h < rows; h++)
            {
                for (int w = 0; w < columns; w++)
                {
                    float mean = Mean(sample.AsSpan(c * height * width, height * width), width, h * factor, w * factor, factor);
                    pixels[(h * columns + w) * channels + c] = (byte)Math.Clamp(MathF.Round((mean - low) / (high - low) * 255), 0, 255);
                }
            }
        }

        string file = Convert.ToBase64String(PngWriter.Encode(columns, rows, channels, pixels));
        return new SamplePicture(columns, rows, $"data:image/png;base64,{file}");
    }

    private static (float Low, float High) Range(float[] sample)
    {
        (float low, float high) = (sample.Min(), sample.Max());
        return low >= 0 && high <= 1 ? (0, 1) : low >= 0 && high <= 255 ? (0, 255) : (low, high > low ? high : low + 1);
    }

    private static float Mean(ReadOnlySpan<float> plane, int width, int top, int left, int factor)
    {
        float sum = 0;
        for (int h = top; h < top + factor; h++)
        {
            for (int w = left; w < left + factor; w++)
            {
                sum += plane[h * width + w];
            }
        }

        return sum / (factor * factor);
    }
}
