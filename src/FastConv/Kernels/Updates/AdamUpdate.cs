using System.Runtime.CompilerServices;
using FastConv.Simd;

namespace FastConv.Kernels.Updates;

/// <summary>
/// g = gradientScale * gradient + coupledDecay * value; average (state 0) += averageShare * (g - average);
/// squareAverage (state 1) = beta2 * squareAverage + squareShare * g^2;
/// value = keptShare * value - stepSize * average / (sqrt(squareAverage) * rootCorrection + epsilon).
/// The bias corrections are in stepSize and rootCorrection; Adam decays through coupledDecay, AdamW through keptShare.
/// </summary>
internal readonly unsafe struct AdamUpdate(
    float gradientScale,
    float coupledDecay,
    float keptShare,
    float averageShare,
    float beta2,
    float squareShare,
    float stepSize,
    float rootCorrection,
    float epsilon) : IUpdate
{
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public void Run<V>(in UpdateSlice slice, int start, int end)
        where V : struct, IVector<V>
    {
        float* value = slice.Value;
        float* gradient = slice.Gradient;
        float* average = slice.State0;
        float* squareAverage = slice.State1;
        V scale = V.Broadcast(gradientScale);
        V decay = V.Broadcast(coupledDecay);
        V kept = V.Broadcast(keptShare);
        V firstShare = V.Broadcast(averageShare);
        V secondKept = V.Broadcast(beta2);
        V secondShare = V.Broadcast(squareShare);
        V step = V.Broadcast(-stepSize);
        V correction = V.Broadcast(rootCorrection);
        V smallest = V.Broadcast(epsilon);
        for (nint i = start; i < end; i += V.Count)
        {
            V current = V.Load(value + i);
            V g = V.FusedMultiplyAdd(decay, current, scale * V.Load(gradient + i));
            V first = V.Load(average + i);
            first = V.FusedMultiplyAdd(firstShare, g - first, first);
            first.Store(average + i);
            V second = V.FusedMultiplyAdd(secondShare * g, g, secondKept * V.Load(squareAverage + i));
            second.Store(squareAverage + i);
            V denominator = V.FusedMultiplyAdd(V.Sqrt(second), correction, smallest);
            V.FusedMultiplyAdd(step, first / denominator, kept * current).Store(value + i);
        }
    }
}
