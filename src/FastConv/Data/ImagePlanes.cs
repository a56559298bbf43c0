using FastConv.Shapes;

namespace FastConv.Data;

/// <summary>A sample [channels, height, width], and the refusal of others.</summary>
internal readonly record struct ImagePlanes(int Channels, int Height, int Width)
{
    /// <exception cref="ArgumentException">Not three axes.</exception>
    public static ImagePlanes Of(TensorShape shape, string operation) => shape.Rank == 3
        ? new ImagePlanes(shape[0], shape[1], shape[2])
        : throw new ArgumentException($"{operation}: expected samples [channels, height, width], received {shape}.", nameof(shape));

    /// <summary>
    /// Copies a window of every plane whose upper left corner is at (top, left), which may lie outside; what is outside of the image gets the fill.
    /// </summary>
    public void CopyWindow(ReadOnlySpan<float> image, int top, int left, int height, int width, float fill, Span<float> result)
    {
        int start = Math.Clamp(-left, 0, width);
        int end = Math.Clamp(Width - left, start, width);
        for (int row = 0; row < Channels * height; row++)
        {
            Span<float> line = result.Slice(row * width, width);
            int h = top + row % height;
            if (h < 0 || h >= Height || start == end)
            {
                line.Fill(fill);
                continue;
            }

            line[..start].Fill(fill);
            image.Slice((row / height * Height + h) * Width + left + start, end - start).CopyTo(line[start..]);
            line[end..].Fill(fill);
        }
    }
}
