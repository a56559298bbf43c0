using System.Runtime.Intrinsics;
using FastConv.Simd;

namespace FastConv.Kernels.Convolution;

/// <summary>Every so-manyth element to contiguous memory, and back.</summary>
internal static unsafe class StridedCopy
{
    /// <summary>destination[i] = source[i * stride].</summary>
    public static void Gather(float* source, int stride, int length, float* destination)
    {
        int i = 0;
        if (stride == 2 && Vector128.IsHardwareAccelerated)
        {
            // Eight of the source hold four evens: (a0 b0 a1 b1, a2 b2 a3 b3) -> a0 a2 b0 b2. The last eight would end behind the source.
            for (; i < length - 4; i += 4)
            {
                Vector128<float> a = Vector128.Load(source + 2 * i);
                Vector128<float> b = Vector128.Load(source + 2 * i + 4);
                SimdDispatch.InterleaveLow(SimdDispatch.InterleaveLow(a, b), SimdDispatch.InterleaveHigh(a, b)).Store(destination + i);
            }
        }

        for (; i < length; i++)
        {
            destination[i] = source[(nint)i * stride];
        }
    }

    /// <summary>destination[i * stride] = source[i].</summary>
    public static void Scatter(float* source, int length, float* destination, int stride)
    {
        for (int i = 0; i < length; i++)
        {
            destination[(nint)i * stride] = source[i];
        }
    }
}
