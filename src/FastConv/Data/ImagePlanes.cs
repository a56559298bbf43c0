using FastConv.Shapes;

namespace FastConv.Data;

/// <summary>A sample [channels, height, width], and the refusal of others.</summary>
internal readonly record struct ImagePlanes(int Channels, int Height, int Width)
{
    /// <exception cref="ArgumentException">Not three axes.</exception>
    public static ImagePlanes Of(TensorShape shape, string operation) => shape.Rank == 3
        ? new ImagePlanes(shape[0], shape[1], shape[2])
        : throw new ArgumentException($"{operation}: expected samples [channels, height, width], received {shape}.", nameof(shape));

    /// <summary>The same, with a span for the sample and one for what it becomes, [channels, height, width], which share nothing.</summary>
    /// <exception cref="ArgumentException">Not three axes, a span of another length, or memory that is shared.</exception>
    public static ImagePlanes Of(TensorShape shape, string operation, ReadOnlySpan<float> image, int height, int width, ReadOnlySpan<float> result)
    {
        ImagePlanes planes = Of(shape, operation);
        RequireSpans(operation, shape.Length, image, (long)planes.Channels * height * width, result);
        return planes;
    }

    /// <summary>What <see cref="ITransform.Apply"/> asks of its spans.</summary>
    public static void RequireSpans(string operation, long imageLength, ReadOnlySpan<float> image, long resultLength, ReadOnlySpan<float> result)
    {
        if (image.Length != imageLength || result.Length != resultLength)
        {
            throw new ArgumentException($"{operation}: expected {imageLength} values and room for {resultLength}, received {image.Length} and {result.Length}.", nameof(image));
        }

        if (image.Overlaps(result))
        {
            throw new ArgumentException($"{operation}: expected a result with memory of its own, received memory of the image.", nameof(result));
        }
    }

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
