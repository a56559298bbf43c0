using System.Diagnostics;
using FastConv.Kernels.Reductions;

namespace FastConv.Kernels.Pooling;

/// <summary>The mean of each plane, and its transpose.</summary>
internal static unsafe class GlobalAvgPool2dKernel
{
    /// <summary>output[p] = mean of input[p, :].</summary>
    public static void Forward(int planes, int plane, float* input, float* output)
    {
        Debug.Assert(planes > 0 && plane > 0);
        for (int p = 0; p < planes; p++)
        {
            output[p] = (float)(ReductionKernel.Run<SumReduction>(input, input, plane, pivot: 0).First / plane);
            input += plane;
        }
    }

    /// <summary>gradInput[p, :] = gradOutput[p] / plane.</summary>
    public static void Backward(int planes, int plane, float* gradOutput, float* gradInput)
    {
        Debug.Assert(planes > 0 && plane > 0);
        for (int p = 0; p < planes; p++)
        {
            new Span<float>(gradInput, plane).Fill(gradOutput[p] / plane);
            gradInput += plane;
        }
    }
}
