using System.Diagnostics;
using FastConv.Kernels.Reductions;
using FastConv.Simd;

namespace FastConv.Kernels.Normalization;

/// <summary>
/// y = e^(x - max) / sum e^(x - max): the largest exponent is 0, so nothing overflows and the sum is at least 1.
/// Backward: gradInput = y * (gradOutput - sum(gradOutput * y)).
/// </summary>
internal readonly unsafe struct SoftmaxKernel : ISoftmaxKernel
{
    public static void Forward(float* x, float* y, int rows, int columns)
    {
        Debug.Assert(columns > 0);
        var call = new ForwardCall(x, y, rows, columns);
        SimdDispatch.RunReduction(ref call);
    }

    public static void Backward(float* y, float* gradOutput, float* gradInput, int rows, int columns)
    {
        Debug.Assert(columns > 0);
        var call = new BackwardCall(y, gradOutput, gradInput, rows, columns);
        SimdDispatch.RunReduction(ref call);
    }

    private readonly struct ForwardCall(float* x, float* y, int rows, int columns) : ISimdOperation
    {
        public void Invoke<V>()
            where V : struct, IVector<V>
        {
            float* lanes = stackalloc float[V.Count];
            for (int row = 0; row < rows; row++)
            {
                float* from = x + (nint)row * columns;
                float* to = y + (nint)row * columns;
                float max = RowExponentials.Max<V>(from, columns, lanes);
                double sum = RowExponentials.Sum<V>(from, max, to, columns, lanes);
                RowExponentials.Scale<V>(to, (float)(1 / sum), to, columns);
            }
        }
    }

    private readonly struct BackwardCall(float* y, float* gradOutput, float* gradInput, int rows, int columns) : ISimdOperation
    {
        public void Invoke<V>()
            where V : struct, IVector<V>
        {
            float* lanes = stackalloc float[V.Count];
            for (int row = 0; row < rows; row++)
            {
                nint first = (nint)row * columns;
                V dot = V.Broadcast((float)RowReduction.Of<DotReduction, V>(y + first, gradOutput + first, columns, lanes));
                int c = 0;
                for (; c <= columns - V.Count; c += V.Count)
                {
                    nint i = first + c;
                    (V.Load(y + i) * (V.Load(gradOutput + i) - dot)).Store(gradInput + i);
                }

                if (c < columns)
                {
                    nint i = first + c;
                    (V.LoadFirst(y + i, columns - c) * (V.LoadFirst(gradOutput + i, columns - c) - dot)).StoreFirst(gradInput + i, columns - c);
                }
            }
        }
    }
}
