using System.Diagnostics;
using FastConv.Simd;

namespace FastConv.Kernels.Winograd;

/// <summary>
/// Rows of as many channels as a vector has lanes, turned so that the channels of a pixel are one vector: [row][pixel][lane]. With lanes that are
/// channels, images of any width are computed without a partly filled vector.
/// </summary>
internal static unsafe class ChannelStrip
{
    private const int FewChannels = 8;
    private const int FewestChannels = 4;

    /// <summary>
    /// A strip from rows of images; zeros outside of the images, and for lanes without a channel. Few channels are read at a time, through all rows,
    /// so that memory sees few streams.
    /// </summary>
    /// <param name="source">The image's first pixel in the first channel.</param>
    /// <param name="height">Rows of the image.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="channels">Lanes that have a channel.</param>
    /// <param name="y">The image's row that the strip begins with; may lie outside.</param>
    /// <param name="before">Pixels of the strip before the image; negative for pixels of the image before the strip.</param>
    /// <param name="strip">[rows][length][lane].</param>
    /// <param name="rows">Rows of the strip.</param>
    /// <param name="length">Pixels of the strip.</param>
    public static void Load<V>(float* source, int height, int width, int channels, int y, int before, float* strip, int rows, int length)
        where V : struct, IVector<V>
    {
        Debug.Assert(channels > 0 && channels <= V.Count);
        nint rowStep = (nint)length * V.Count;
        nint plane = (nint)height * width;
        int first = Math.Clamp(before, 0, length);
        int end = Math.Clamp(before + width, first, length);
        int top = Math.Clamp(-y, 0, rows);
        int bottom = Math.Clamp(height - y, top, rows);
        Clear<V>(strip, top * length);
        for (int row = top; row < bottom; row++)
        {
            Clear<V>(strip + row * rowStep, channels < V.Count ? length : first);
            Clear<V>(strip + row * rowStep + (nint)end * V.Count, length - end);
        }

        Clear<V>(strip + bottom * rowStep, (rows - bottom) * length);
        for (int channel = 0; channel < channels; channel += FewChannels)
        {
            int from = Math.Max(Math.Min(channel, channels - FewChannels), 0);
            for (int row = top; row < bottom; row++)
            {
                float* pixels = source + from * plane + (nint)(y + row) * width - before + first;
                float* target = strip + row * rowStep + (nint)first * V.Count + from;
                BlockTranspose.Copy(pixels, plane, Math.Min(FewChannels, channels), target, V.Count, end - first);
            }
        }
    }

    /// <summary>Rows of images from a strip, few channels at a time.</summary>
    /// <param name="strip">[rows][length][lane].</param>
    /// <param name="rows">Rows that are stored.</param>
    /// <param name="length">Pixels of the strip.</param>
    /// <param name="destination">The first row's first pixel in the first channel.</param>
    /// <param name="plane">Between the channels.</param>
    /// <param name="channels">Lanes that have a channel.</param>
    /// <param name="width">Pixels of a row.</param>
    public static void Store<V>(float* strip, int rows, int length, float* destination, nint plane, int channels, int width)
        where V : struct, IVector<V>
    {
        Debug.Assert(channels > 0 && channels <= V.Count);
        for (int channel = 0; channel < channels; channel += FewestChannels)
        {
            int from = Math.Max(Math.Min(channel, channels - FewestChannels), 0);
            for (int row = 0; row < rows; row++)
            {
                float* source = strip + (nint)row * length * V.Count + from;
                BlockTranspose.Copy(source, V.Count, width, destination + from * plane + (nint)row * width, plane, Math.Min(FewestChannels, channels));
            }
        }
    }

    private static void Clear<V>(float* strip, int length)
        where V : struct, IVector<V>
    {
        for (int pixel = 0; pixel < length; pixel++)
        {
            V.Zero.Store(strip + (nint)pixel * V.Count);
        }
    }
}
