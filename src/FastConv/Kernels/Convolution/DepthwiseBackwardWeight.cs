using System.Runtime.CompilerServices;
using FastConv.Simd;

namespace FastConv.Kernels.Convolution;

/// <summary>
/// The weights' gradients of output channels [first, end): every tap's sum over images and pixels of padded input * output gradient, in 16
/// lanes: column i of every row in lane i % 16, images and bands in their order.
/// </summary>
/// <param name="input">The padded input.</param>
/// <param name="bandRows">Output rows of a band.</param>
/// <param name="bands">Channels that go through an image together: small planes that follow each other in memory are read faster.</param>
/// <param name="isThreeByThree">Whether the taps are three rows of three, one output row apart.</param>
/// <param name="taps">One phase, in the order of the weights, its offsets filled up to a multiple of <see cref="DepthwiseSums.Taps"/>.</param>
/// <param name="scratch">Of this worker.</param>
/// <param name="batch">Images.</param>
/// <param name="channels">Out channels.</param>
/// <param name="multiplier">Out channels of an in channel.</param>
/// <param name="images">[batch, channels / multiplier, height, width].</param>
/// <param name="gradOutput">[batch, channels, output height, output width].</param>
/// <param name="gradWeight">[channels, taps]; added to.</param>
/// <param name="first">The first output channel.</param>
/// <param name="end">Behind the last one.</param>
internal readonly unsafe struct DepthwiseBackwardWeight(
    DepthwiseLayout input,
    int bandRows,
    int bands,
    bool isThreeByThree,
    DepthwiseTaps taps,
    DepthwiseScratch scratch,
    int batch,
    int channels,
    int multiplier,
    float* images,
    float* gradOutput,
    float* gradWeight,
    int first,
    int end) : ISimdOperation
{
    /// <summary>Floats that the lanes of all sums take.</summary>
    public static int LanesLength(int taps) => DepthwiseSums.WholeGroups(taps) * SimdDispatch.ReductionLanes;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Invoke<V>()
        where V : struct, IVector<V>
    {
        DepthwiseLayout x = input;
        nint inputPlane = (nint)x.Vertical.Source * x.Horizontal.Source;
        nint outputPlane = (nint)x.Vertical.Result * x.Horizontal.Result;
        int width = x.Horizontal.Result;
        bool isNarrow = isThreeByThree && bandRows >= x.Vertical.Result && bandRows > 1 && DepthwiseNarrowPlane.Fits<V>(x);
        float* inputEnd = images + (nint)batch * (channels / multiplier) * inputPlane;
        float* gradientEnd = gradOutput + (nint)batch * channels * outputPlane;
        int lanesLength = LanesLength(taps.Count);
        for (int channel = first; channel < end; channel += bands)
        {
            int channelsHere = Math.Min(bands, end - channel);
            new Span<float>(scratch.Filter, channelsHere * lanesLength).Clear();
            for (int image = 0; image < batch; image++)
            {
                for (int row = 0; row < x.Vertical.Result; row += bandRows)
                {
                    int count = Math.Min(bandRows, x.Vertical.Result - row);
                    for (int i = 0; i < channelsHere; i++)
                    {
                        float* plane = images + ((nint)image * (channels / multiplier) + (channel + i) / multiplier) * inputPlane;
                        float* g = gradOutput + ((nint)image * channels + channel + i) * outputPlane + (nint)row * width;
                        float* lanes = scratch.Filter + i * lanesLength;
                        if (isNarrow && IsInside<V>(x, plane, inputEnd, image, channel + i))
                        {
                            var source = new DepthwiseNarrowPlane(x, plane, scratch.Zeros);
                            DepthwiseNarrowSums.Add<V>(source, x.Vertical.Before, g, count, width, lanes);
                            continue;
                        }

                        DepthwisePadding.Fill<V>(x, plane, inputEnd, row, count, scratch.Band);
                        Add<V>(g, gradientEnd, count, lanes);
                    }
                }
            }

            for (int i = 0; i < channelsHere; i++)
            {
                float* sums = gradWeight + (nint)(channel + i) * taps.Count;
                for (int tap = 0; tap < taps.Count; tap++)
                {
                    sums[tap] += DepthwiseSums.Total(scratch.Filter + i * lanesLength + tap * SimdDispatch.ReductionLanes);
                }
            }
        }
    }

    // Whether the input's plane, and whole vectors of the gradient's rows, can be read in place.
    private bool IsInside<V>(in DepthwiseLayout x, float* plane, float* inputEnd, int image, int channel)
        where V : struct, IVector<V> =>
        DepthwiseNarrowPlane.IsInside<V>(x, plane, images, inputEnd) && (image < batch - 1 || channel < channels - V.Count);

    private void Add<V>(float* g, float* gradientEnd, int count, float* lanes)
        where V : struct, IVector<V>
    {
        int width = input.Horizontal.Result;
        int pitch = width;

        // Whole vectors are read: at the very end of the gradient from a copy.
        int whole = DepthwiseLayout.RoundUp(width);
        if (gradientEnd - g < (count - 1) * (nint)width + whole)
        {
            for (int row = 0; row < count; row++)
            {
                new ReadOnlySpan<float>(g + (nint)row * width, width).CopyTo(new Span<float>(scratch.Second + (nint)row * whole, width));
            }

            g = scratch.Second;
            pitch = whole;
        }

        nint rowPitch = input.Vertical.Step * (nint)input.RowPitch;
        for (int lane = 0; lane < Math.Min(SimdDispatch.ReductionLanes, width); lane += V.Count)
        {
            if (isThreeByThree && count > 1)
            {
                DepthwiseSums3x3.Add<V>(scratch.Band + lane, rowPitch, taps.Offsets, g + lane, pitch, count, width - lane, lanes + lane);
                continue;
            }

            for (int tap = 0; tap < taps.Count; tap += DepthwiseSums.Taps)
            {
                float* group = lanes + tap * SimdDispatch.ReductionLanes + lane;
                DepthwiseSums.Add<V>(scratch.Band + lane, rowPitch, taps.Offsets + tap, g + lane, pitch, count, width - lane, group);
            }
        }
    }
}
