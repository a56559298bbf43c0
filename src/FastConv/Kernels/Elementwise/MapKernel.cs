using System.Diagnostics;
using FastConv.Simd;

namespace FastConv.Kernels.Elementwise;

/// <summary>
/// The one loop of all elementwise operations. Elements behind the last whole vector are a vector of their own, in part empty, so no element
/// is read again after it was written: a result may overwrite its argument.
/// </summary>
internal static unsafe class MapKernel
{
    /// <summary>y[i] = operation(x[i]).</summary>
    public static void Unary<TOperator>(TOperator operation, float* x, float* y, int length)
        where TOperator : struct, IUnaryOperator
    {
        Debug.Assert(length >= 0);
        var call = new UnaryCall<TOperator>(operation, x, y, length);
        SimdDispatch.Run(ref call);
    }

    /// <summary>z[i] = operation(x[i], y[i]).</summary>
    public static void Binary<TOperator>(TOperator operation, float* x, float* y, float* z, int length)
        where TOperator : struct, IBinaryOperator
    {
        Debug.Assert(length >= 0);
        var call = new BinaryCall<TOperator>(operation, x, y, z, length);
        SimdDispatch.Run(ref call);
    }

    private readonly struct UnaryCall<TOperator>(TOperator operation, float* x, float* y, int length) : ISimdOperation
        where TOperator : struct, IUnaryOperator
    {
        public void Invoke<V>()
            where V : struct, IVector<V>
        {
            int i = 0;
            for (; i <= length - V.Count; i += V.Count)
            {
                operation.Apply(V.Load(x + i)).Store(y + i);
            }

            if (i < length)
            {
                operation.Apply(V.LoadFirst(x + i, length - i)).StoreFirst(y + i, length - i);
            }
        }
    }

    private readonly struct BinaryCall<TOperator>(TOperator operation, float* x, float* y, float* z, int length) : ISimdOperation
        where TOperator : struct, IBinaryOperator
    {
        public void Invoke<V>()
            where V : struct, IVector<V>
        {
            int i = 0;
            for (; i <= length - V.Count; i += V.Count)
            {
                operation.Apply(V.Load(x + i), V.Load(y + i)).Store(z + i);
            }

            if (i < length)
            {
                operation.Apply(V.LoadFirst(x + i, length - i), V.LoadFirst(y + i, length - i)).StoreFirst(z + i, length - i);
            }
        }
    }
}
