using System.Runtime.CompilerServices;
using FastConv.Simd;

namespace FastConv.Kernels.Updates;

/// <summary>
/// g = gradientScale * gradient + weightDecay * value; squareAverage (state 0) = alpha * squareAverage + (1 - alpha) * g^2. The variance is that, or,
/// when centred, squareAverage - gradientAverage^2 with the gradients' own average (state 1). value -= learningRate * direction, where the direction
/// is g / (sqrt(variance) + epsilon) or, with momentum, velocity (state 2) = momentum * velocity + that.
/// </summary>
internal readonly unsafe struct RmsPropUpdate(
    float gradientScale, float learningRate, float weightDecay, float alpha, float gradientShare, float epsilon, float momentum) : IUpdate
{
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public void Run<V>(in UpdateSlice slice, int start, int end)
        where V : struct, IVector<V>
    {
        float* value = slice.Value;
        float* gradient = slice.Gradient;
        float* squareAverage = slice.State0;
        float* gradientAverage = slice.State1;
        float* velocity = slice.State2;
        V scale = V.Broadcast(gradientScale);
        V rate = V.Broadcast(-learningRate);
        V decay = V.Broadcast(weightDecay);
        V keptAverage = V.Broadcast(alpha);
        V share = V.Broadcast(gradientShare);
        V smallest = V.Broadcast(epsilon);
        V kept = V.Broadcast(momentum);
        for (nint i = start; i < end; i += V.Count)
        {
            V current = V.Load(value + i);
            V g = V.FusedMultiplyAdd(decay, current, scale * V.Load(gradient + i));
            V variance = V.FusedMultiplyAdd(share * g, g, keptAverage * V.Load(squareAverage + i));
            variance.Store(squareAverage + i);
            if (gradientAverage != null)
            {
                V average = V.Load(gradientAverage + i);
                average = V.FusedMultiplyAdd(share, g - average, average);
                average.Store(gradientAverage + i);

                // A variance is not negative; rounding can make it so where the gradient hardly changes.
                variance = V.Max(V.FusedMultiplyAdd(V.Zero - average, average, variance), V.Zero);
            }

            V direction = g / (V.Sqrt(variance) + smallest);
            if (velocity != null)
            {
                direction = V.FusedMultiplyAdd(kept, V.Load(velocity + i), direction);
                direction.Store(velocity + i);
            }

            V.FusedMultiplyAdd(rate, direction, current).Store(value + i);
        }
    }
}
