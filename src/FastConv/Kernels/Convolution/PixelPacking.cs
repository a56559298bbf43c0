using FastConv.Counters;
using FastConv.Kernels.Gemm;
using FastConv.Simd;

namespace FastConv.Kernels.Convolution;

/// <summary>
/// Packs planes, [image][channel][pixel], into panels [pixel][channels of two vectors]: the B of the weights' gradient, whose sums run over pixels.
/// </summary>
internal static unsafe class PixelPacking
{
    /// <param name="planes">The first channel's plane of image 0.</param>
    /// <param name="imageStride">Floats from image to image.</param>
    /// <param name="plane">Pixels of a plane.</param>
    /// <param name="firstPixel">First pixel, numbered through the images.</param>
    /// <param name="pixels">How many pixels.</param>
    /// <param name="channels">How many channels.</param>
    /// <param name="panels">Room for channels rounded up to whole vectors, times the pixels.</param>
    public static void Pack<V>(float* planes, nint imageStride, int plane, int firstPixel, int pixels, int channels, float* panels)
        where V : struct, IVector<V>
    {
        WorkCounters.AddPackedB((long)pixels * channels);
        int width = TileRow2<V>.Width;
        for (int channel = 0; channel < channels; channel += width)
        {
            int valid = Math.Min(width, channels - channel);
            int panelWidth = PanelPacking.PackedWidth<V>(valid);
            if (valid < panelWidth)
            {
                new Span<float>(panels, checked(panelWidth * pixels)).Clear();
            }

            for (int done = 0; done < pixels;)
            {
                (int image, int pixel) = Math.DivRem(firstPixel + done, plane);
                int count = Math.Min(pixels - done, plane - pixel);
                float* source = planes + image * imageStride + (nint)channel * plane + pixel;
                PanelPacking.PackPanel(source, plane, 1, valid, count, panelWidth, panels);
                panels += (nint)count * panelWidth;
                done += count;
            }
        }
    }
}
