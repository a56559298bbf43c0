using System.Runtime.CompilerServices;
using FastConv.Simd;

namespace FastConv.Kernels.Updates;

/// <summary>
/// g = gradientScale * gradient + weightDecay * value; velocity = momentum * velocity + gradientShare * g; value -= learningRate * direction, where
/// the direction is g without momentum, velocity (state 0) with it, and g + momentum * velocity with Nesterov's.
/// </summary>
internal readonly unsafe struct SgdUpdate(
    float gradientScale, float learningRate, float weightDecay, float momentum, float gradientShare, bool nesterov) : IUpdate
{
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public void Run<V>(in UpdateSlice slice, int start, int end)
        where V : struct, IVector<V>
    {
        float* value = slice.Value;
        float* gradient = slice.Gradient;
        float* velocity = slice.State0;
        bool looksAhead = nesterov;
        V scale = V.Broadcast(gradientScale);
        V rate = V.Broadcast(-learningRate);
        V decay = V.Broadcast(weightDecay);
        V kept = V.Broadcast(momentum);
        V share = V.Broadcast(gradientShare);
        for (nint i = start; i < end; i += V.Count)
        {
            V current = V.Load(value + i);
            V direction = V.FusedMultiplyAdd(decay, current, scale * V.Load(gradient + i));
            if (velocity != null)
            {
                V moved = V.FusedMultiplyAdd(share, direction, kept * V.Load(velocity + i));
                moved.Store(velocity + i);
                direction = looksAhead ? V.FusedMultiplyAdd(kept, moved, direction) : moved;
            }

            V.FusedMultiplyAdd(rate, direction, current).Store(value + i);
        }
    }
}
