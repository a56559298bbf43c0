using System.Diagnostics;
using FastConv.Simd;

namespace FastConv.Kernels.Winograd;

/// <summary>
/// Rows of as many channels as a vector has lanes, turned so that the channels of a pixel are one vector: [row][pixel][lane]. With lanes that are
/// channels, images of any width are computed without a partly filled vector.
/// </summary>
internal static unsafe class ChannelStrip
{
    /// <summary>Row of a strip from row of images; zeros before and after the image, and for lanes without a channel.</summary>
    /// <param name="source">The row's first pixel in the first channel; null for a row of zeros.</param>
    /// <param name="plane">Between the channels.</param>
    /// <param name="channels">Lanes that have a channel.</param>
    /// <param name="pixels">Pixels of the image's row.</param>
    /// <param name="before">Pixels of the strip before the image; negative for pixels of the image before the strip.</param>
    /// <param name="strip">[length][lane].</param>
    /// <param name="length">Pixels of the strip.</param>
    public static void Load<V>(float* source, nint plane, int channels, int pixels, int before, float* strip, int length)
        where V : struct, IVector<V>
    {
        Debug.Assert(channels > 0 && channels <= V.Count);
        int first = Math.Clamp(before, 0, length);
        int end = source == null ? first : Math.Clamp(before + pixels, first, length);
        Clear<V>(strip, channels < V.Count ? length : first);
        Clear<V>(strip + (nint)end * V.Count, length - end);
        Turn(source - before + first, plane, channels, strip + (nint)first * V.Count, V.Count, end - first);
    }

    /// <summary>Rows of images from a row of a strip.</summary>
    public static void Store<V>(float* strip, float* destination, nint plane, int channels, int pixels)
        where V : struct, IVector<V>
    {
        Debug.Assert(channels > 0 && channels <= V.Count);
        Turn(strip, V.Count, pixels, destination, plane, channels);
    }

    private static void Clear<V>(float* strip, int length)
        where V : struct, IVector<V>
    {
        for (int pixel = 0; pixel < length; pixel++)
        {
            V.Zero.Store(strip + (nint)pixel * V.Count);
        }
    }

    // destination[column, row] = source[row, column] in blocks of 4 x 4; the last of them overlap the ones before.
    private static void Turn(float* source, nint sourceStride, int rows, float* destination, nint destinationStride, int columns)
    {
        const int Side = Transpose4x4.Side;
        if (rows < Side || columns < Side)
        {
            for (int row = 0; row < rows; row++)
            {
                for (int column = 0; column < columns; column++)
                {
                    destination[column * destinationStride + row] = source[row * sourceStride + column];
                }
            }

            return;
        }

        for (int row = 0; row < rows; row += Side)
        {
            int fromRow = Math.Min(row, rows - Side);
            for (int column = 0; column < columns; column += Side)
            {
                int fromColumn = Math.Min(column, columns - Side);
                Transpose4x4.Copy(
                    source + fromRow * sourceStride + fromColumn, sourceStride, destination + fromColumn * destinationStride + fromRow, destinationStride);
            }
        }
    }
}
