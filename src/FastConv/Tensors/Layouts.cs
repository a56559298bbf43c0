using FastConv.Shapes;

namespace FastConv.Tensors;

/// <summary>
/// Copies between the order of axes that FastConv has, NCHW images and OIHW filters, and that of TensorFlow, Keras and image files, NHWC and HWIO. Values
/// are moved, which a reshape does not do.
/// </summary>
public static class Layouts
{
    /// <summary>Images of a program that keeps the channels of a pixel side by side.</summary>
    /// <param name="images">[batch, height, width, channels].</param>
    /// <returns>[batch, channels, height, width].</returns>
    /// <exception cref="ArgumentException">Not four axes.</exception>
    public static Tensor NhwcToNchw(Tensor images)
    {
        Require(nameof(NhwcToNchw), images, "[batch, height, width, channels]");
        var result = new Tensor(images.Shape[0], images.Shape[3], images.Shape[1], images.Shape[2]);
        NhwcToNchw(images.Shape[0], images.Shape[1], images.Shape[2], images.Shape[3], images.Values, result.Span);
        return result;
    }

    /// <summary>The same for values of any type, such as the bytes of one decoded photo (a batch of 1).</summary>
    /// <param name="batch">Images.</param>
    /// <param name="height">Rows of an image.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="channels">Values of a pixel.</param>
    /// <param name="images">[batch, height, width, channels].</param>
    /// <param name="result">[batch, channels, height, width]; it does not overlap the images.</param>
    /// <exception cref="ArgumentException">A span of another length, spans that overlap, or a size below 1.</exception>
    public static void NhwcToNchw<T>(int batch, int height, int width, int channels, ReadOnlySpan<T> images, Span<T> result)
    {
        int length = TensorShape.LengthOf(batch, height, width, channels);
        if (images.Length != length || result.Length != length)
        {
            throw new ArgumentException(
                $"Layouts.NhwcToNchw: images and result expect {length} elements, received {images.Length} and {result.Length}.", nameof(images));
        }

        if (images.Overlaps(result))
        {
            throw new ArgumentException("Layouts.NhwcToNchw: result expects memory of its own, received memory of images.", nameof(result));
        }

        int plane = height * width;
        Permute(images, result, (batch, plane * channels), (channels, 1), (plane, channels));
    }

    /// <summary>Images for a program that keeps the channels of a pixel side by side.</summary>
    /// <param name="images">[batch, channels, height, width].</param>
    /// <returns>[batch, height, width, channels].</returns>
    /// <exception cref="ArgumentException">Not four axes.</exception>
    public static Tensor NchwToNhwc(Tensor images)
    {
        Require(nameof(NchwToNhwc), images, "[batch, channels, height, width]");
        (int batch, int channels, int height, int width) = (images.Shape[0], images.Shape[1], images.Shape[2], images.Shape[3]);
        var result = new Tensor(batch, height, width, channels);
        int plane = height * width;
        Permute(images.Values, result.Span, (batch, plane * channels), (plane, 1), (channels, plane));
        return result;
    }

    /// <summary>Filters of TensorFlow and Keras.</summary>
    /// <param name="filters">[height, width, in channels, out channels].</param>
    /// <returns>[out channels, in channels, height, width].</returns>
    /// <exception cref="ArgumentException">Not four axes.</exception>
    public static Tensor HwioToOihw(Tensor filters)
    {
        Require(nameof(HwioToOihw), filters, "[height, width, in channels, out channels]");
        (int height, int width, int inChannels, int outChannels) = (filters.Shape[0], filters.Shape[1], filters.Shape[2], filters.Shape[3]);
        var result = new Tensor(outChannels, inChannels, height, width);
        Permute(filters.Values, result.Span, (outChannels, 1), (inChannels, outChannels), (height * width, inChannels * outChannels));
        return result;
    }

    /// <summary>Filters for TensorFlow and Keras.</summary>
    /// <param name="filters">[out channels, in channels, height, width].</param>
    /// <returns>[height, width, in channels, out channels].</returns>
    /// <exception cref="ArgumentException">Not four axes.</exception>
    public static Tensor OihwToHwio(Tensor filters)
    {
        Require(nameof(OihwToHwio), filters, "[out channels, in channels, height, width]");
        (int outChannels, int inChannels, int height, int width) = (filters.Shape[0], filters.Shape[1], filters.Shape[2], filters.Shape[3]);
        var result = new Tensor(height, width, inChannels, outChannels);
        int plane = height * width;
        Permute(filters.Values, result.Span, (plane, 1), (inChannels, plane), (outChannels, inChannels * plane));
        return result;
    }

    // The result is written in order; each of its three axes has a size, and the step that it makes in the source.
    private static void Permute<T>(
        ReadOnlySpan<T> source, Span<T> result, (int Size, int Step) outer, (int Size, int Step) middle, (int Size, int Step) inner)
    {
        int target = 0;
        for (int i = 0; i < outer.Size; i++)
        {
            for (int j = 0; j < middle.Size; j++)
            {
                int start = i * outer.Step + j * middle.Step;
                for (int k = 0; k < inner.Size; k++)
                {
                    result[target++] = source[start + k * inner.Step];
                }
            }
        }
    }

    private static void Require(string operation, Tensor tensor, string axes)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (tensor.Shape.Rank != 4)
        {
            throw new ArgumentException($"Layouts.{operation}: expected a shape {axes}, received {tensor.Shape}.", nameof(tensor));
        }
    }
}
