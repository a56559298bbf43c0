using FastConv.Counters;
using FastConv.Kernels.Gemm;
using FastConv.Shapes;
using FastConv.Simd;

namespace FastConv.Kernels.Convolution;

/// <summary>
/// The weights of one group as the matrix [M, K] that multiplies a <see cref="WindowMatrix"/>: element (row, (channel, kh, kw)) is weight
/// <c>row * rowStride + channel * channelStride + kh * kernelWidth + kw</c>. Forward, rows are output channels; backward to the input they are input
/// channels, the channels summed over are the output's, and the taps are those of one residue.
/// </summary>
internal readonly unsafe struct FilterMatrix(float* data, int rowStride, int channelStride, int kernelWidth, TapAxis vertical, TapAxis horizontal)
{
    /// <summary>Weights as they lie: [out channels of the group, channels, kernel height, kernel width].</summary>
    public static FilterMatrix Forward(Conv2dShape shape, float* weight, TapAxis vertical, TapAxis horizontal) =>
        new(weight, shape.PatchLength, shape.Vertical.Window * shape.Horizontal.Window, shape.Horizontal.Window, vertical, horizontal);

    /// <summary>Weights with the roles of the channels exchanged.</summary>
    public static FilterMatrix Gradient(Conv2dShape shape, float* weight, TapAxis vertical, TapAxis horizontal) =>
        new(weight, shape.Vertical.Window * shape.Horizontal.Window, shape.PatchLength, shape.Horizontal.Window, vertical, horizontal);

    /// <summary>The same over the weights of another group.</summary>
    public FilterMatrix From(nint offset) => new(data + offset, rowStride, channelStride, kernelWidth, vertical, horizontal);

    /// <summary>Packs rows and channels into the panels that <see cref="PanelProduct"/> reads as A.</summary>
    public void Pack<V>(int firstRow, int endRow, int firstChannel, int endChannel, float* panels)
        where V : struct, IVector<V>
    {
        int taps = vertical.Taps * horizontal.Taps;
        int rows = endRow - firstRow;
        float* first = data + (nint)firstRow * rowStride + (nint)firstChannel * channelStride;
        if (channelStride == taps)
        {
            PanelPacking.PackA<V>(new MatrixView(first, rowStride, 1), rows, (endChannel - firstChannel) * taps, panels);
        }
        else if (taps == 1)
        {
            float* tap = first + vertical.WindowTap(0) * kernelWidth + horizontal.WindowTap(0);
            PanelPacking.PackA<V>(new MatrixView(tap, rowStride, channelStride), rows, endChannel - firstChannel, panels);
        }
        else
        {
            PackTaps<V>(first, rows, endChannel - firstChannel, taps, panels);
        }
    }

    private void PackTaps<V>(float* first, int rows, int channels, int taps, float* panels)
        where V : struct, IVector<V>
    {
        WorkCounters.AddPackedA((long)rows * channels * taps);
        for (int ir = 0, mr; ir < rows; ir += mr)
        {
            mr = PanelProduct.NextRows<V>(rows - ir);
            for (int channel = 0; channel < channels; channel++)
            {
                float* filter = first + (nint)ir * rowStride + (nint)channel * channelStride;
                if (taps == rowStride)
                {
                    PanelPacking.PackPanel(filter, rowStride, 1, mr, taps, mr, panels);
                    panels += (nint)taps * mr;
                    continue;
                }

                for (int kh = 0; kh < vertical.Taps; kh++)
                {
                    for (int kw = 0; kw < horizontal.Taps; kw++)
                    {
                        float* tap = filter + vertical.WindowTap(kh) * kernelWidth + horizontal.WindowTap(kw);
                        PanelPacking.PackPanel(tap, rowStride, 0, mr, 1, mr, panels);
                        panels += mr;
                    }
                }
            }
        }
    }
}
