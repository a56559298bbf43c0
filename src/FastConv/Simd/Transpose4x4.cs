using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FastConv.Simd;

/// <summary>A 4x4 block of a matrix turned over in registers, on every CPU with vectors of four lanes.</summary>
internal static unsafe class Transpose4x4
{
    public const int Side = 4;

    /// <summary>destination[column, row] = source[row, column].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(float* source, nint sourceStride, float* destination, nint destinationStride)
    {
        Vector128<float> row0 = Vector128.Load(source);
        Vector128<float> row1 = Vector128.Load(source + sourceStride);
        Vector128<float> row2 = Vector128.Load(source + 2 * sourceStride);
        Vector128<float> row3 = Vector128.Load(source + 3 * sourceStride);
        Vector128<float> even = SimdDispatch.InterleaveLow(row0, row2);
        Vector128<float> odd = SimdDispatch.InterleaveLow(row1, row3);
        SimdDispatch.InterleaveLow(even, odd).Store(destination);
        SimdDispatch.InterleaveHigh(even, odd).Store(destination + destinationStride);
        even = SimdDispatch.InterleaveHigh(row0, row2);
        odd = SimdDispatch.InterleaveHigh(row1, row3);
        SimdDispatch.InterleaveLow(even, odd).Store(destination + 2 * destinationStride);
        SimdDispatch.InterleaveHigh(even, odd).Store(destination + 3 * destinationStride);
    }
}
