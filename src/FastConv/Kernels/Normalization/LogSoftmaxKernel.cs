using System.Diagnostics;
using FastConv.Kernels.Reductions;
using FastConv.Simd;

namespace FastConv.Kernels.Normalization;

/// <summary>y = (x - max) - log sum e^(x - max). Backward: gradInput = gradOutput - e^y * sum(gradOutput).</summary>
internal readonly unsafe struct LogSoftmaxKernel : ISoftmaxKernel
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
                V maxima = V.Broadcast(max);
                V logarithm = V.Broadcast((float)Math.Log(RowExponentials.Sum<V>(from, max, null, columns, lanes)));
                int c = 0;
                for (; c <= columns - V.Count; c += V.Count)
                {
                    (V.Load(from + c) - maxima - logarithm).Store(to + c);
                }

                if (c < columns)
                {
                    (V.LoadFirst(from + c, columns - c) - maxima - logarithm).StoreFirst(to + c, columns - c);
                }
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
                float* logarithms = y + (nint)row * columns;
                float* from = gradOutput + (nint)row * columns;
                float* to = gradInput + (nint)row * columns;
                V sum = V.Broadcast((float)RowReduction.Of<SumReduction, V>(from, from, columns, lanes));
                int c = 0;
                for (; c <= columns - V.Count; c += V.Count)
                {
                    (V.Load(from + c) - ExpMath.Exp(V.Load(logarithms + c)) * sum).Store(to + c);
                }

                if (c < columns)
                {
                    V exponentials = ExpMath.Exp(V.LoadFirst(logarithms + c, columns - c));
                    (V.LoadFirst(from + c, columns - c) - exponentials * sum).StoreFirst(to + c, columns - c);
                }
            }
        }
    }
}
