using System.Runtime.CompilerServices;
using FastConv.Simd;

namespace FastConv.Kernels.Updates;

/// <summary>g = gradient + weightDecay * value; squareSum += g^2; value -= learningRate * g / (sqrt(squareSum) + epsilon).</summary>
internal readonly unsafe struct AdaGradUpdate(
    float* value, float* gradient, float* squareSum, float learningRate, float weightDecay, float epsilon) : IUpdate
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<V>(int index)
        where V : struct, IVector<V>
    {
        V current = V.Load(value + index);
        V g = V.FusedMultiplyAdd(V.Broadcast(weightDecay), current, V.Load(gradient + index));
        V sum = V.FusedMultiplyAdd(g, g, V.Load(squareSum + index));
        sum.Store(squareSum + index);
        V.FusedMultiplyAdd(V.Broadcast(-learningRate), g / (V.Sqrt(sum) + V.Broadcast(epsilon)), current).Store(value + index);
    }
}
