using System.Runtime.CompilerServices;
using FastConv.Simd;

namespace FastConv.Kernels.Updates;

/// <summary>
/// g = gradientScale * gradient + weightDecay * value; squareSum (state 0) += g^2; value -= learningRate * g / (sqrt(squareSum) + epsilon).
/// </summary>
internal readonly unsafe struct AdaGradUpdate(float gradientScale, float learningRate, float weightDecay, float epsilon) : IUpdate
{
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public void Run<V>(in UpdateSlice slice, int start, int end)
        where V : struct, IVector<V>
    {
        float* value = slice.Value;
        float* gradient = slice.Gradient;
        float* squareSum = slice.State0;
        V scale = V.Broadcast(gradientScale);
        V rate = V.Broadcast(-learningRate);
        V decay = V.Broadcast(weightDecay);
        V smallest = V.Broadcast(epsilon);
        for (nint i = start; i < end; i += V.Count)
        {
            V current = V.Load(value + i);
            V g = V.FusedMultiplyAdd(decay, current, scale * V.Load(gradient + i));
            V sum = V.FusedMultiplyAdd(g, g, V.Load(squareSum + i));
            sum.Store(squareSum + i);
            V.FusedMultiplyAdd(rate, g / (V.Sqrt(sum) + smallest), current).Store(value + i);
        }
    }
}
