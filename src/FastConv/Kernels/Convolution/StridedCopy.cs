using System.Runtime.CompilerServices;
using FastConv.Simd;

namespace FastConv.Kernels.Convolution;

/// <summary>Copies of rows that stay inside their source and may write up to a vector behind their destination.</summary>
internal static unsafe class StridedCopy
{
    /// <summary>destination[i] = source[i * stride].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy<V>(float* source, int stride, int length, float* destination)
        where V : struct, IVector<V>
    {
        if (stride == 1)
        {
            int i = 0;
            for (; i <= length - V.Count; i += V.Count)
            {
                V.Load(source + i).Store(destination + i);
            }

            if (i < length)
            {
                V.LoadFirst(source + i, length - i).Store(destination + i);
            }
        }
        else
        {
            Gather<V>(source, stride, length, destination);
        }
    }

    /// <summary>destination[i] = 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Clear<V>(float* destination, int length)
        where V : struct, IVector<V>
    {
        for (int i = 0; i < length; i += V.Count)
        {
            V.Zero.Store(destination + i);
        }
    }

    private static void Gather<V>(float* source, int stride, int length, float* destination)
        where V : struct, IVector<V>
    {
        // What is passed over behind the last element would lie behind the source.
        int i = 0;
        for (; stride is 2 or 3 or 4 && i < length - V.Count; i += V.Count)
        {
            float* first = source + (nint)i * stride;
            V result = stride switch
            {
                2 => Every2nd<V>(first),
                3 => V.EveryThird(V.Load(first), V.Load(first + V.Count), V.Load(first + 2 * V.Count)),
                _ => V.Evens(Every2nd<V>(first), Every2nd<V>(first + 2 * V.Count)),
            };
            result.Store(destination + i);
        }

        float* element = source + (nint)i * stride;
        for (; i < length - 3; i += 4)
        {
            destination[i] = element[0];
            destination[i + 1] = element[stride];
            destination[i + 2] = element[2 * stride];
            destination[i + 3] = element[3 * stride];
            element += 4 * stride;
        }

        for (; i < length; i++)
        {
            destination[i] = *element;
            element += stride;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Every2nd<V>(float* source)
        where V : struct, IVector<V> => V.Evens(V.Load(source), V.Load(source + V.Count));
}
