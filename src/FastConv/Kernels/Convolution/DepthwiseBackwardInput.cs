using System.Runtime.CompilerServices;
using FastConv.Shapes;
using FastConv.Simd;

namespace FastConv.Kernels.Convolution;

/// <summary>
/// The gradient of planes [first, end) of [batch, in channels]: the padded output gradients of the plane's <paramref name="multiplier"/> output
/// planes, convolved with the kernel turned by 180 degrees. With a stride, pixels fall into stride * stride phases that see different taps; each
/// phase is a convolution at step 1, and the phases are interleaved in the end.
/// </summary>
/// <param name="layout">The padded output gradient.</param>
/// <param name="bandRows">Rows of every phase in a band.</param>
/// <param name="bands">Planes that are padded before the first of them is read, so that its stores are through by then.</param>
/// <param name="vertical">Of the convolution.</param>
/// <param name="horizontal">Of the convolution.</param>
/// <param name="isThreeByThree">Whether the taps are three rows of three at stride 1 or 2, from one source.</param>
/// <param name="taps">Of all phases, [vertical phase, horizontal phase].</param>
/// <param name="scratch">Of this worker.</param>
/// <param name="channels">In channels.</param>
/// <param name="multiplier">Out channels of an in channel.</param>
/// <param name="gradOutput">[batch, in channels, multiplier, output height, output width].</param>
/// <param name="weight">[in channels, multiplier, taps].</param>
/// <param name="gradInput">[batch, in channels, height, width].</param>
/// <param name="planes">Of the whole input: what follows a plane may be read.</param>
/// <param name="first">The first plane.</param>
/// <param name="end">Behind the last one; results that fall behind a plane before it are overwritten.</param>
internal readonly unsafe struct DepthwiseBackwardInput(
    DepthwiseLayout layout,
    int bandRows,
    int bands,
    WindowAxis vertical,
    WindowAxis horizontal,
    bool isThreeByThree,
    DepthwiseTaps taps,
    DepthwiseScratch scratch,
    int channels,
    int multiplier,
    float* gradOutput,
    float* weight,
    float* gradInput,
    int planes,
    int first,
    int end) : ISimdOperation
{
    /// <summary>Floats from one row of a phase's results to the next.</summary>
    public static int PhasePitch(DepthwiseLayout layout) => DepthwiseLayout.RoundUp(layout.Horizontal.Result);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Invoke<V>()
        where V : struct, IVector<V>
    {
        DepthwiseLayout padded = layout;
        nint outputPlane = (nint)vertical.Output * horizontal.Output;
        nint inputPlane = (nint)vertical.Input * horizontal.Input;
        nint bandLength = (nint)padded.BandLength(bandRows);
        bool isNarrow = isThreeByThree && horizontal.Stride == 1 && bandRows >= padded.Vertical.Result && bandRows >= DepthwiseRows.BlockRows
            && DepthwiseNarrowPlane.Fits<V>(padded);
        float* outputEnd = gradOutput + (nint)planes * multiplier * outputPlane;
        float* inputEnd = gradInput + end * inputPlane;
        for (int plane = first; plane < end; plane += bands)
        {
            int planesHere = Math.Min(bands, end - plane);
            for (int row = 0; row < padded.Vertical.Result; row += bandRows)
            {
                int count = Math.Min(bandRows, padded.Vertical.Result - row);
                for (int i = 0; i < planesHere * multiplier; i++)
                {
                    if (isNarrow && IsInside<V>(padded, plane + i, outputEnd, inputEnd))
                    {
                        continue;
                    }

                    float* source = gradOutput + ((nint)plane * multiplier + i) * outputPlane;
                    DepthwisePadding.Fill<V>(padded, source, outputEnd, row, count, scratch.Band + i * bandLength);
                }

                for (int i = 0; i < planesHere; i++)
                {
                    float* filters = weight + (nint)((plane + i) % channels) * taps.Count;
                    for (int tap = 0; tap < taps.Count; tap++)
                    {
                        scratch.Filter[tap] = filters[taps.Order[tap]];
                    }

                    float* result = gradInput + (plane + i) * inputPlane;
                    float* band = scratch.Band + i * multiplier * bandLength;
                    if (isNarrow && IsInside<V>(padded, plane + i, outputEnd, inputEnd))
                    {
                        var source = new DepthwiseNarrowPlane(padded, gradOutput + (plane + i) * outputPlane, scratch.Zeros);
                        DepthwiseRowsCall rows = RowsOf(0, band, result, horizontal.Input);
                        DepthwiseNarrowRows.Run<V>(source, padded.Vertical.Before, rows, count);
                    }
                    else if (vertical.Stride == 1 && horizontal.Stride == 1)
                    {
                        Phase<V>(0, band, result + (nint)row * horizontal.Input, horizontal.Input, count, inputEnd);
                    }
                    else if (isThreeByThree)
                    {
                        var pairs = new DepthwisePairs(padded, vertical, horizontal, filters, band);
                        pairs.Run<V>(row, count, result, inputEnd, scratch.Edge);
                    }
                    else
                    {
                        Phases<V>(band, row, count, result, inputEnd);
                    }
                }
            }
        }
    }

    private void Phases<V>(float* band, int row, int count, float* result, float* end)
        where V : struct, IVector<V>
    {
        int pitch = PhasePitch(layout);
        nint phaseLength = (nint)pitch * bandRows;
        int phases = vertical.Stride * horizontal.Stride;
        for (int phase = 0; phase < phases; phase++)
        {
            Phase<V>(phase, band, scratch.Second + phase * phaseLength, pitch, count, scratch.Second + (phase + 1) * phaseLength);
        }

        int endRow = (int)Math.Min((long)(row + count) * vertical.Stride, vertical.Input);
        for (int ih = row * vertical.Stride; ih < endRow; ih++)
        {
            (int i, int phase) = Math.DivRem(ih - row * vertical.Stride, vertical.Stride);
            float* rows = scratch.Second + (nint)phase * horizontal.Stride * phaseLength + (nint)i * pitch;
            DepthwiseInterleave.Row<V>(
                rows, phaseLength, horizontal.Stride, result + (nint)ih * horizontal.Input, horizontal.Input, end, scratch.Edge);
        }
    }

    private void Phase<V>(int phase, float* band, float* result, int pitch, int count, float* end)
        where V : struct, IVector<V>
    {
        DepthwiseRowsCall rows = RowsOf(phase, band, result, pitch);
        DepthwiseRows.Run<V>(rows, count, end, scratch.Edge);
    }

    private DepthwiseRowsCall RowsOf(int phase, float* band, float* result, int pitch)
    {
        int start = taps.Starts[phase];
        return new DepthwiseRowsCall
        {
            Source = band,
            SourcePitch = layout.RowPitch,
            TapRowPitch = layout.RowPitch,
            Taps = taps.Starts[phase + 1] - start,
            Offsets = taps.Offsets + start,
            Weights = scratch.Filter + start,
            IsThreeByThree = isThreeByThree,
            Result = result,
            ResultPitch = pitch,
            Columns = layout.Horizontal.Result,
        };
    }

    // Whether the gradient's plane can be read in place, and whole vectors of the results stored. Without a stride, both are planes of one result.
    private bool IsInside<V>(in DepthwiseLayout padded, int plane, float* outputEnd, float* inputEnd)
        where V : struct, IVector<V>
    {
        nint outputPlane = (nint)vertical.Output * horizontal.Output;
        nint inputPlane = (nint)vertical.Input * horizontal.Input;
        return DepthwiseNarrowPlane.IsInside<V>(padded, gradOutput + plane * outputPlane, gradOutput, outputEnd)
            && inputEnd - gradInput >= (plane + 1) * inputPlane + V.Count;
    }
}
