using System.Runtime.CompilerServices;
using FastConv.Simd;

namespace FastConv.Kernels.Convolution;

/// <summary>
/// Forward of planes [first, end) of [batch, in channels]: each makes <paramref name="multiplier"/> planes of the output, from a band of padded
/// rows at a time.
/// </summary>
/// <param name="layout">The padded input.</param>
/// <param name="bandRows">Output rows of a band.</param>
/// <param name="bands">Planes that are padded before the first of them is read, so that its stores are through by then.</param>
/// <param name="isThreeByThree">As <see cref="DepthwiseRowsCall.IsThreeByThree"/>.</param>
/// <param name="taps">One phase, in the order of the weights.</param>
/// <param name="scratch">Of this worker.</param>
/// <param name="channels">In channels.</param>
/// <param name="multiplier">Out channels of an in channel.</param>
/// <param name="input">[batch, in channels, height, width].</param>
/// <param name="weight">[in channels, multiplier, taps].</param>
/// <param name="bias">[in channels, multiplier], or null.</param>
/// <param name="clampsAtZero">Whether ReLU follows.</param>
/// <param name="output">[batch, in channels, multiplier, output height, output width].</param>
/// <param name="planes">Of the whole input: what follows a plane may be read.</param>
/// <param name="first">The first plane.</param>
/// <param name="end">Behind the last one; results that fall behind a plane before it are overwritten.</param>
internal readonly unsafe struct DepthwiseForward(
    DepthwiseLayout layout,
    int bandRows,
    int bands,
    bool isThreeByThree,
    DepthwiseTaps taps,
    DepthwiseScratch scratch,
    int channels,
    int multiplier,
    float* input,
    float* weight,
    float* bias,
    bool clampsAtZero,
    float* output,
    int planes,
    int first,
    int end) : ISimdOperation
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Invoke<V>()
        where V : struct, IVector<V>
    {
        DepthwiseLayout padded = layout;
        nint inputPlane = (nint)padded.Vertical.Source * padded.Horizontal.Source;
        nint outputPlane = (nint)padded.Vertical.Result * padded.Horizontal.Result;
        var rows = new DepthwiseRowsCall
        {
            SourcePitch = padded.Vertical.Step * padded.RowPitch,
            TapRowPitch = padded.RowPitch,
            Taps = taps.Count,
            Offsets = taps.Offsets,
            IsThreeByThree = isThreeByThree,
            ClampsAtZero = clampsAtZero,
            ResultPitch = padded.Horizontal.Result,
            Columns = padded.Horizontal.Result,
        };
        float* inputEnd = input + planes * inputPlane;
        float* outputEnd = output + (nint)end * multiplier * outputPlane;
        bool isNarrow = isThreeByThree && bandRows >= padded.Vertical.Result && bandRows >= DepthwiseRows.BlockRows && DepthwiseNarrowPlane.Fits<V>(padded);
        nint bandLength = (nint)padded.BandLength(bandRows);
        for (int plane = first; plane < end; plane += bands)
        {
            int planesHere = Math.Min(bands, end - plane);
            for (int row = 0; row < padded.Vertical.Result; row += bandRows)
            {
                int count = Math.Min(bandRows, padded.Vertical.Result - row);
                for (int i = 0; i < planesHere; i++)
                {
                    if (isNarrow && IsInside<V>(padded, plane + i, inputEnd, outputEnd))
                    {
                        continue;
                    }

                    DepthwisePadding.Fill<V>(padded, input + (plane + i) * inputPlane, inputEnd, row, count, scratch.Band + i * bandLength);
                }

                for (int i = 0; i < planesHere * multiplier; i++)
                {
                    int filter = (plane * multiplier + i) % (channels * multiplier);
                    rows.Source = scratch.Band + i / multiplier * bandLength;
                    rows.Weights = weight + (nint)filter * taps.Count;
                    rows.Init = bias == null ? 0 : bias[filter];
                    float* result = output + ((nint)plane * multiplier + i) * outputPlane;
                    rows.Result = result + (nint)row * rows.ResultPitch;

                    if (isNarrow && IsInside<V>(padded, plane + i / multiplier, inputEnd, outputEnd))
                    {
                        var source = new DepthwiseNarrowPlane(padded, input + (plane + i / multiplier) * inputPlane, scratch.Zeros);
                        DepthwiseNarrowRows.Run<V>(source, padded.Vertical.Before, rows, count);
                        continue;
                    }

                    // With several bands, the next plane of the same source has been begun.
                    float* resultEnd = multiplier > 1 ? result + outputPlane : outputEnd;
                    DepthwiseRows.Run<V>(rows, count, resultEnd, scratch.Edge);
                }
            }
        }
    }

    // Whether the plane can be read in place, and whole vectors of its results stored.
    private bool IsInside<V>(in DepthwiseLayout padded, int plane, float* inputEnd, float* outputEnd)
        where V : struct, IVector<V>
    {
        nint inputPlane = (nint)padded.Vertical.Source * padded.Horizontal.Source;
        nint outputPlane = (nint)padded.Vertical.Result * padded.Horizontal.Result;
        return DepthwiseNarrowPlane.IsInside<V>(padded, input + plane * inputPlane, input, inputEnd)
            && outputEnd - output >= (plane + 1) * multiplier * outputPlane + V.Count;
    }
}
