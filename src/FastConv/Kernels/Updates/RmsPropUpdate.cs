using System.Runtime.CompilerServices;
using FastConv.Simd;

namespace FastConv.Kernels.Updates;

/// <summary>
/// g = gradient + weightDecay * value; squareAverage = alpha * squareAverage + (1 - alpha) * g^2. The variance is squareAverage, or, when
/// centred, squareAverage - gradientAverage^2 with the gradients' own average. value -= learningRate * direction, where the direction is
/// g / (sqrt(variance) + epsilon) or, with momentum, velocity = momentum * velocity + that.
/// </summary>
internal readonly unsafe struct RmsPropUpdate(
    float* value,
    float* gradient,
    float* squareAverage,
    float* gradientAverage,
    float* velocity,
    float learningRate,
    float weightDecay,
    float alpha,
    float gradientShare,
    float epsilon,
    float momentum) : IUpdate
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<V>(int index)
        where V : struct, IVector<V>
    {
        V current = V.Load(value + index);
        V g = V.FusedMultiplyAdd(V.Broadcast(weightDecay), current, V.Load(gradient + index));
        V share = V.Broadcast(gradientShare);
        V variance = V.FusedMultiplyAdd(share * g, g, V.Broadcast(alpha) * V.Load(squareAverage + index));
        variance.Store(squareAverage + index);
        if (gradientAverage != null)
        {
            V average = V.Load(gradientAverage + index);
            average = V.FusedMultiplyAdd(share, g - average, average);
            average.Store(gradientAverage + index);

            // A variance is not negative; rounding can make it so where the gradient hardly changes.
            variance = V.Max(V.FusedMultiplyAdd(V.Zero - average, average, variance), V.Zero);
        }

        V direction = g / (V.Sqrt(variance) + V.Broadcast(epsilon));
        if (velocity != null)
        {
            direction = V.FusedMultiplyAdd(V.Broadcast(momentum), V.Load(velocity + index), direction);
            direction.Store(velocity + index);
        }

        V.FusedMultiplyAdd(V.Broadcast(-learningRate), direction, current).Store(value + index);
    }
}
