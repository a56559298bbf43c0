using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FastConv.Simd;

/// <summary>Eight rows of four turned over in registers; two blocks of <see cref="Transpose4x4"/> where vectors have four lanes.</summary>
internal static unsafe class Transpose8x4
{
    public const int Rows = 8;
    public const int Columns = 4;

    /// <summary>destination[column, row] = source[row, column].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(float* source, nint sourceStride, float* destination, nint destinationStride)
    {
        float* below = source + 4 * sourceStride;
        Vector256<float> row0 = Vector256.Create(Vector128.Load(source), Vector128.Load(below));
        Vector256<float> row1 = Vector256.Create(Vector128.Load(source + sourceStride), Vector128.Load(below + sourceStride));
        Vector256<float> row2 = Vector256.Create(Vector128.Load(source + 2 * sourceStride), Vector128.Load(below + 2 * sourceStride));
        Vector256<float> row3 = Vector256.Create(Vector128.Load(source + 3 * sourceStride), Vector128.Load(below + 3 * sourceStride));
        Vector256<float> even = SimdDispatch.InterleaveLow(row0, row2);
        Vector256<float> odd = SimdDispatch.InterleaveLow(row1, row3);
        SimdDispatch.InterleaveLow(even, odd).Store(destination);
        SimdDispatch.InterleaveHigh(even, odd).Store(destination + destinationStride);
        even = SimdDispatch.InterleaveHigh(row0, row2);
        odd = SimdDispatch.InterleaveHigh(row1, row3);
        SimdDispatch.InterleaveLow(even, odd).Store(destination + 2 * destinationStride);
        SimdDispatch.InterleaveHigh(even, odd).Store(destination + 3 * destinationStride);
    }
}
