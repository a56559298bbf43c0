using System.Runtime.CompilerServices;
using FastConv.Simd;

namespace FastConv.Kernels.Updates;

/// <summary>
/// g = gradient + coupledDecay * value; average += averageShare * (g - average);
/// squareAverage = beta2 * squareAverage + squareShare * g^2;
/// value = keptShare * value - stepSize * average / (sqrt(squareAverage) * rootCorrection + epsilon).
/// The bias corrections are in stepSize and rootCorrection; Adam decays through coupledDecay, AdamW through keptShare.
/// </summary>
internal readonly unsafe struct AdamUpdate(
    float* value,
    float* gradient,
    float* average,
    float* squareAverage,
    float coupledDecay,
    float keptShare,
    float averageShare,
    float beta2,
    float squareShare,
    float stepSize,
    float rootCorrection,
    float epsilon) : IUpdate
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<V>(int index)
        where V : struct, IVector<V>
    {
        V current = V.Load(value + index);
        V g = V.FusedMultiplyAdd(V.Broadcast(coupledDecay), current, V.Load(gradient + index));
        V first = V.Load(average + index);
        first = V.FusedMultiplyAdd(V.Broadcast(averageShare), g - first, first);
        first.Store(average + index);
        V second = V.FusedMultiplyAdd(V.Broadcast(squareShare) * g, g, V.Broadcast(beta2) * V.Load(squareAverage + index));
        second.Store(squareAverage + index);
        V denominator = V.FusedMultiplyAdd(V.Sqrt(second), V.Broadcast(rootCorrection), V.Broadcast(epsilon));
        V.FusedMultiplyAdd(V.Broadcast(-stepSize), first / denominator, V.Broadcast(keptShare) * current).Store(value + index);
    }
}
