using System.Runtime.CompilerServices;
using FastConv.Simd;

namespace FastConv.Kernels.Pooling;

/// <summary>Every so many pixels of a row, read without leaving the row and written without a float more.</summary>
internal static unsafe class StridedRow
{
    /// <summary>destination[i] = row[first + i * stride].</summary>
    public static void Copy<V>(float* row, int first, int stride, int length, float* destination)
        where V : struct, IVector<V>
    {
        float* source = row + first;
        if (stride > 2 || length < V.Count || (stride == 2 && first == 0))
        {
            Gather<V>(source, stride, length, destination);
            return;
        }

        for (int i = 0; i < length; i += V.Count)
        {
            int at = Math.Min(i, length - V.Count);
            (stride == 1
                ? V.Load(source + at)
                : V.Odds(V.Load(source + 2 * at - 1), V.Load(source + 2 * at - 1 + V.Count))).Store(destination + at);
        }
    }

    /// <summary>destination[i] += source[i]. The last vector is added first and stored last, since it overlaps the one before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<V>(float* source, int length, float* destination)
        where V : struct, IVector<V>
    {
        int last = length - V.Count;
        if (last < 0)
        {
            for (int i = 0; i < length; i++)
            {
                destination[i] += source[i];
            }

            return;
        }

        V sum = V.Load(destination + last) + V.Load(source + last);
        for (int i = 0; i < last; i += V.Count)
        {
            (V.Load(destination + i) + V.Load(source + i)).Store(destination + i);
        }

        sum.Store(destination + last);
    }

    // Pairs begin at the element where there is none before it; the last pair's second half may lie behind the row.
    private static void Gather<V>(float* source, int stride, int length, float* destination)
        where V : struct, IVector<V>
    {
        int i = 0;
        if (stride == 2)
        {
            for (; i < length - V.Count; i += V.Count)
            {
                V.Evens(V.Load(source + 2 * i), V.Load(source + 2 * i + V.Count)).Store(destination + i);
            }
        }

        for (; i < length; i++)
        {
            destination[i] = source[(nint)i * stride];
        }
    }
}
