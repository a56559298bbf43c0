using System.Diagnostics;
using System.Runtime.CompilerServices;
using FastConv.Shapes;
using FastConv.Simd;

namespace FastConv.Kernels.Normalization;

/// <summary>
/// A function of every element, with coefficients of its channel, over a block of [batch, channels, plane]. It begins with the last sample: what
/// <see cref="ChannelSumKernel"/> read last is most likely still in the cache.
/// </summary>
internal static unsafe class ChannelMapKernel
{
    /// <summary>Coefficients of a channel: the operator's a, b, c, d.</summary>
    public const int Coefficients = 4;

    /// <summary>result = operator(data), with coefficients [4, channels]. The result may be any of the data.</summary>
    public static void Map<TOperator>(BatchNormShape shape, ChannelBlock block, ChannelData data, float* coefficients, float* result)
        where TOperator : struct, IChannelOperator
    {
        Debug.Assert(block.FirstChannel >= 0 && block.FirstChannel < block.EndChannel && block.EndChannel <= shape.Channels);
        Debug.Assert(block.FirstSample >= 0 && block.FirstSample < block.EndSample && block.EndSample <= shape.Batch);
        if (shape.Plane >= ChannelSumKernel.SmallestPlane)
        {
            var call = new PlanesCall<TOperator>(shape, block, data, coefficients, result);
            SimdDispatch.Run(ref call);
            return;
        }

        int channelsAtOnce = ColumnSumKernel.ColumnsAtOnce / shape.Plane;
        for (int channel = block.FirstChannel; channel < block.EndChannel; channel += channelsAtOnce)
        {
            ChannelBlock part = block with { FirstChannel = channel, EndChannel = Math.Min(channel + channelsAtOnce, block.EndChannel) };
            var call = new ColumnsCall<TOperator>(shape, part, data, coefficients, result);
            SimdDispatch.Run(ref call);
        }
    }

    private readonly struct PlanesCall<TOperator>(BatchNormShape shape, ChannelBlock block, ChannelData data, float* coefficients, float* result)
        : ISimdOperation
        where TOperator : struct, IChannelOperator
    {
        // Compiled in full at once: the profile of one shape slows another.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Invoke<V>()
            where V : struct, IVector<V>
        {
            int channels = shape.Channels;
            int plane = shape.Plane;
            for (int sample = block.EndSample - 1; sample >= block.FirstSample; sample--)
            {
                nint offset = ((nint)sample * channels + block.FirstChannel) * plane;
                float* x = data.Input + offset;
                float* y = data.GradOutput + offset;
                float* z = data.Output + offset;
                float* to = result + offset;
                for (int channel = block.FirstChannel; channel < block.EndChannel; channel++)
                {
                    float* own = coefficients + channel;
                    V a = V.Broadcast(own[0]);
                    V b = V.Broadcast(own[channels]);
                    V c = V.Broadcast(own[2 * channels]);
                    V d = V.Broadcast(own[3 * channels]);

                    // The last vector overlaps the one before it, so it is computed before anything is overwritten.
                    nint rest = plane - V.Count;
                    V last = TOperator.Apply(x + rest, y + rest, z + rest, a, b, c, d);
                    nint i = 0;
                    for (; i <= plane - 2 * V.Count; i += 2 * V.Count)
                    {
                        nint j = i + V.Count;
                        V low = TOperator.Apply(x + i, y + i, z + i, a, b, c, d);
                        V high = TOperator.Apply(x + j, y + j, z + j, a, b, c, d);
                        low.Store(to + i);
                        high.Store(to + j);
                    }

                    if (i <= plane - V.Count)
                    {
                        TOperator.Apply(x + i, y + i, z + i, a, b, c, d).Store(to + i);
                    }

                    last.Store(to + rest);
                    x += plane;
                    y += plane;
                    z += plane;
                    to += plane;
                }
            }
        }
    }

    private readonly struct ColumnsCall<TOperator>(BatchNormShape shape, ChannelBlock block, ChannelData data, float* coefficients, float* result)
        : ISimdOperation
        where TOperator : struct, IChannelOperator
    {
        [SkipLocalsInit]
        public void Invoke<V>()
            where V : struct, IVector<V>
        {
            const int Stride = ColumnSumKernel.ColumnsAtOnce;
            float* memory = stackalloc float[Coefficients * Stride];
            float* own = coefficients + block.FirstChannel;
            int channels = block.EndChannel - block.FirstChannel;
            nint all = shape.Channels;
            Rows<V>(
                ColumnSumKernel.Spread(own, channels, shape.Plane, memory),
                ColumnSumKernel.Spread(own + all, channels, shape.Plane, memory + Stride),
                ColumnSumKernel.Spread(own + 2 * all, channels, shape.Plane, memory + 2 * Stride),
                ColumnSumKernel.Spread(own + 3 * all, channels, shape.Plane, memory + 3 * Stride),
                channels * shape.Plane);
        }

        // Compiled in full at once: the profile of one shape slows another.
        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        private void Rows<V>(float* a, float* b, float* c, float* d, int columns)
            where V : struct, IVector<V>
        {
            for (int sample = block.EndSample - 1; sample >= block.FirstSample; sample--)
            {
                nint offset = ((nint)sample * shape.Channels + block.FirstChannel) * shape.Plane;
                float* x = data.Input + offset;
                float* y = data.GradOutput + offset;
                float* z = data.Output + offset;
                float* to = result + offset;
                nint column = 0;
                for (; column <= columns - V.Count; column += V.Count)
                {
                    V value = TOperator.Apply(
                        x + column, y + column, z + column, V.Load(a + column), V.Load(b + column), V.Load(c + column), V.Load(d + column));
                    value.Store(to + column);
                }

                for (; column < columns; column++)
                {
                    V1 value = TOperator.Apply(
                        x + column, y + column, z + column, V1.Load(a + column), V1.Load(b + column), V1.Load(c + column), V1.Load(d + column));
                    value.Store(to + column);
                }
            }
        }
    }
}
