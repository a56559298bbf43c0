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
    /// <exception cref="ArgumentException">A span of another length, sizes whose product is beyond the largest array, or spans that overlap.</exception>
    public static void Apply(
        int planes, int height, int width, ReadOnlySpan<float> source, int newHeight, int newWidth, Span<float> result, double? bottom = null, double? right = null)
    {
        RequireLength(nameof(source), source.Length, planes, height, width);
        RequireLength(nameof(result), result.Length, planes, newHeight, newWidth);
        if (source.Overlaps(result))
        {
            throw new ArgumentException("BilinearResize: result expects memory of its own, received memory of source.", nameof(result));
        }

        RequireEnd(nameof(bottom), bottom, height);
        RequireEnd(nameof(right), right, width);
        using var across = new ResizeAxis(width, right ?? width, newWidth);
        using var down = new ResizeAxis(height, bottom ?? height, newHeight);

        // Across a row first, then down the columns of every result that the row has a share in: one row of scratch, however high the image is.
        AlignedBuffer scratch = BufferPool.Rent(newWidth);
        try
        {
            for (int plane = 0; plane < planes; plane++)
            {
                ReadOnlySpan<float> image = source.Slice(plane * height * width, height * width);
                Span<float> pixels = result.Slice(plane * newHeight * newWidth, newHeight * newWidth);
                int lowest = 0;
                for (int h = 0; h < height; h++)
                {
                    Span<float> row = scratch.Span[..newWidth];
                    across.Row(image.Slice(h * width, width), row);
                    lowest = Share(down, h, lowest, row, pixels);
                }
            }
        }
        finally
        {
            BufferPool.Return(scratch);
        }
    }

    // Every row of the result is a weighted sum of whole rows; adds row h to those that it belongs to, and returns the first that is not complete. Both ends of the sums
    // rise from row to row.
    private static int Share(in ResizeAxis down, int h, int lowest, ReadOnlySpan<float> row, Span<float> result)
    {
        for (int index = lowest; index < down.Length; index++)
        {
            ReadOnlySpan<float> weights = down.Weights(index, out int first);
            if (first > h)
            {
                break;
            }

            Span<float> sum = result.Slice(index * row.Length, row.Length);
            if (h == first)
            {
                TensorPrimitives.Multiply(row, weights[0], sum);
            }
            else
            {
                TensorPrimitives.MultiplyAdd(row, weights[h - first], sum, sum);
            }

            lowest = h == first + weights.Length - 1 ? index + 1 : lowest;
        }

        return lowest;
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
