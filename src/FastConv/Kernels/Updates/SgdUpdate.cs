using System.Runtime.CompilerServices;
using FastConv.Simd;

namespace FastConv.Kernels.Updates;

/// <summary>
/// g = gradient + weightDecay * value; velocity = momentum * velocity + gradientShare * g; value -= learningRate * direction, where the
/// direction is g without momentum, velocity with it, and g + momentum * velocity with Nesterov's.
/// </summary>
internal readonly unsafe struct SgdUpdate(
    float* value,
    float* gradient,
    float* velocity,
    float learningRate,
    float weightDecay,
    float momentum,
    float gradientShare,
    bool nesterov) : IUpdate
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<V>(int index)
        where V : struct, IVector<V>
    {
        V current = V.Load(value + index);
        V direction = V.FusedMultiplyAdd(V.Broadcast(weightDecay), current, V.Load(gradient + index));
        if (velocity != null)
        {
            V factor = V.Broadcast(momentum);
            V moved = V.FusedMultiplyAdd(V.Broadcast(gradientShare), direction, factor * V.Load(velocity + index));
            moved.Store(velocity + index);
            direction = nesterov ? V.FusedMultiplyAdd(factor, moved, direction) : moved;
        }

        V.FusedMultiplyAdd(V.Broadcast(-learningRate), direction, current).Store(value + index);
    }
}
