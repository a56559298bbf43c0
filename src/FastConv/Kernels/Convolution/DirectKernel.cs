using FastConv.Shapes;

namespace FastConv.Kernels.Convolution;

/// <summary>
/// The convolution of one input plane with one filter plane, straight from the definition, a row at a time: the plain
/// algorithm.
/// </summary>
internal static unsafe class DirectKernel
{
    /// <summary>output[oh, ow] += sum over kh, kw of input[ih, iw] * filter[kh, kw].</summary>
    public static void Forward(WindowAxis vertical, WindowAxis horizontal, float* input, float* filter, float* output)
    {
        for (int kh = 0; kh < vertical.Window; kh++)
        {
            (int firstRow, int endRow) = vertical.OutputsInside(kh);
            for (int kw = 0; kw < horizontal.Window; kw++)
            {
                (int first, int end) = horizontal.OutputsInside(kw);
                for (int oh = firstRow; oh < endRow; oh++)
                {
                    float* inputRow = input + (nint)vertical.InputOf(oh, kh) * horizontal.Input + horizontal.InputOf(first, kw);
                    float* outputRow = output + (nint)oh * horizontal.Output + first;
                    RowKernel.Accumulate(*filter, inputRow, horizontal.Stride, outputRow, 1, end - first);
                }

                filter++;
            }
        }
    }

    /// <summary>gradInput[ih, iw] += sum over the windows that see the pixel of gradOutput[oh, ow] * filter[kh, kw].</summary>
    public static void BackwardInput(WindowAxis vertical, WindowAxis horizontal, float* gradOutput, float* filter, float* gradInput)
    {
        for (int kh = 0; kh < vertical.Window; kh++)
        {
            (int firstRow, int endRow) = vertical.OutputsInside(kh);
            for (int kw = 0; kw < horizontal.Window; kw++)
            {
                (int first, int end) = horizontal.OutputsInside(kw);
                for (int oh = firstRow; oh < endRow; oh++)
                {
                    float* inputRow = gradInput + (nint)vertical.InputOf(oh, kh) * horizontal.Input + horizontal.InputOf(first, kw);
                    float* outputRow = gradOutput + (nint)oh * horizontal.Output + first;
                    RowKernel.Accumulate(*filter, outputRow, 1, inputRow, horizontal.Stride, end - first);
                }

                filter++;
            }
        }
    }

    /// <summary>gradFilter[kh, kw] += sum over oh, ow of input[ih, iw] * gradOutput[oh, ow].</summary>
    public static void BackwardWeight(WindowAxis vertical, WindowAxis horizontal, float* input, float* gradOutput, float* gradFilter)
    {
        for (int kh = 0; kh < vertical.Window; kh++)
        {
            (int firstRow, int endRow) = vertical.OutputsInside(kh);
            for (int kw = 0; kw < horizontal.Window; kw++)
            {
                (int first, int end) = horizontal.OutputsInside(kw);
                double sum = 0;
                for (int oh = firstRow; oh < endRow; oh++)
                {
                    float* inputRow = input + (nint)vertical.InputOf(oh, kh) * horizontal.Input + horizontal.InputOf(first, kw);
                    float* outputRow = gradOutput + (nint)oh * horizontal.Output + first;
                    sum += RowKernel.Dot(inputRow, horizontal.Stride, outputRow, end - first);
                }

                *gradFilter++ += (float)sum;
            }
        }
    }
}
