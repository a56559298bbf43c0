using System.Numerics.Tensors;
using FastConv.Memory;
using FastConv.Shapes;

namespace FastConv.Data;

/// <summary>
/// Images in another size by bilinear interpolation between the centres of pixels. Where an axis shrinks, the triangle grows with it, so that every pixel
/// has its share and nothing flickers (antialias). An axis that keeps its size keeps its values.
/// Source: torch.nn.functional.interpolate(mode="bilinear", antialias=True), which torchvision's Resize calls:
/// https://pytorch.org/docs/stable/generated/torch.nn.functional.interpolate.html
/// </summary>
public static class BilinearResize
{
    /// <summary>Writes every plane in the new size.</summary>
    /// <param name="planes">How many images lie one behind the other: channels, or batch times channels.</param>
    /// <param name="height">Of the source.</param>
    /// <param name="width">Of the source.</param>
    /// <param name="source">[planes, height, width].</param>
    /// <param name="newHeight">Of the result.</param>
    /// <param name="newWidth">Of the result.</param>
    /// <param name="result">[planes, newHeight, newWidth]; it does not overlap the source.</param>
    /// <param name="bottom">Where the image ends in the source's last row, above <c>height - 1</c>; where it is not given, the height: a decoder that reduces rounds sizes up.</param>
    /// <param name="right">The same of the last column.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size below 1, or an end outside of the last row or column.</exception>
    /// <exception cref="ArgumentException">A span of another length, or sizes whose product is beyond the largest array.</exception>
    public static void Apply(
        int planes, int height, int width, ReadOnlySpan<float> source, int newHeight, int newWidth, Span<float> result, double? bottom = null, double? right = null)
    {
        RequireLength(nameof(source), source.Length, planes, height, width);
        RequireLength(nameof(result), result.Length, planes, newHeight, newWidth);
        RequireEnd(nameof(bottom), bottom, height);
        RequireEnd(nameof(right), right, width);
        using var across = new ResizeAxis(width, right ?? width, newWidth);
        using var down = new ResizeAxis(height, bottom ?? height, newHeight);

        // One plane at a time, [height, newWidth]: across the rows first, then down the columns.
        AlignedBuffer scratch = BufferPool.Rent(TensorShape.LengthOf(height, newWidth));
        try
        {
            for (int plane = 0; plane < planes; plane++)
            {
                ReadOnlySpan<float> image = source.Slice(plane * height * width, height * width);
                Span<float> narrowed = scratch.Span[..(height * newWidth)];
                for (int h = 0; h < height; h++)
                {
                    across.Row(image.Slice(h * width, width), narrowed.Slice(h * newWidth, newWidth));
                }

                Lower(down, narrowed, newWidth, result.Slice(plane * newHeight * newWidth, newHeight * newWidth));
            }
        }
        finally
        {
            BufferPool.Return(scratch);
        }
    }

    // Every row of the result is a weighted sum of whole rows.
    private static void Lower(in ResizeAxis down, ReadOnlySpan<float> image, int width, Span<float> result)
    {
        for (int h = 0; h < down.Length; h++)
        {
            ReadOnlySpan<float> weights = down.Weights(h, out int first);
            Span<float> row = result.Slice(h * width, width);
            TensorPrimitives.Multiply(image.Slice(first * width, width), weights[0], row);
            for (int tap = 1; tap < weights.Length; tap++)
            {
                TensorPrimitives.MultiplyAdd(image.Slice((first + tap) * width, width), weights[tap], row, row);
            }
        }
    }

    private static void RequireEnd(string name, double? end, int length)
    {
        if (end is { } given && !(given > length - 1 && given <= length))
        {
            throw new ArgumentOutOfRangeException(name, $"BilinearResize: expected an end in ({length - 1}, {length}], received {given}.");
        }
    }

    private static void RequireLength(string name, int received, params ReadOnlySpan<int> sizes)
    {
        int expected = TensorShape.LengthOf(sizes);
        if (received != expected)
        {
            throw new ArgumentException($"BilinearResize: {name} expects {expected} elements, received {received}.", name);
        }
    }
}
