using System.Diagnostics;
using FastConv.Kernels.Reductions;
using FastConv.Shapes;
using FastConv.Simd;

namespace FastConv.Kernels.Normalization;

/// <summary>
/// Loops over some channels of [batch, channels, plane]. A channel is one run of floats a sample; where a plane is a single value,
/// vectors go across the channels instead.
/// </summary>
internal static unsafe class ChannelKernel
{
    /// <summary>Coefficients of a channel: the operator's a, b, c, d.</summary>
    public const int Coefficients = 4;

    /// <summary>first[c], second[c] = the sums over channel c, around pivots[c]. All three are [channels].</summary>
    public static void Sum<TReduction>(
        BatchNormShape shape, int firstChannel, int endChannel, float* x, float* y, float* pivots, double* first, double* second)
        where TReduction : struct, IReduction
    {
        Debug.Assert(firstChannel >= 0 && firstChannel < endChannel && endChannel <= shape.Channels);
        int stride = shape.Channels * shape.Plane;
        if (shape.Plane == 1)
        {
            ReductionKernel.Columns<TReduction>(
                x + firstChannel,
                y + firstChannel,
                shape.Batch,
                stride,
                endChannel - firstChannel,
                pivots + firstChannel,
                first + firstChannel,
                second + firstChannel);
            return;
        }

        for (int channel = firstChannel; channel < endChannel; channel++)
        {
            long offset = (long)channel * shape.Plane;
            (first[channel], second[channel]) =
                ReductionKernel.Runs<TReduction>(x + offset, y + offset, shape.Batch, stride, shape.Plane, pivots[channel]);
        }
    }

    /// <summary>z = operator(x, y) with the channel's coefficients, which are [4, channels]. z may be x or y.</summary>
    public static void Map<TOperator>(BatchNormShape shape, int firstChannel, int endChannel, float* x, float* y, float* coefficients, float* z)
        where TOperator : struct, IChannelOperator
    {
        Debug.Assert(firstChannel >= 0 && firstChannel < endChannel && endChannel <= shape.Channels);
        if (shape.Plane == 1)
        {
            var columns = new ColumnsCall<TOperator>(shape.Batch, shape.Channels, firstChannel, endChannel, x, y, coefficients, z);
            SimdDispatch.Run(ref columns);
        }
        else
        {
            var runs = new RunsCall<TOperator>(shape.Batch, shape.Channels, shape.Plane, firstChannel, endChannel, x, y, coefficients, z);
            SimdDispatch.Run(ref runs);
        }
    }

    private readonly struct RunsCall<TOperator>(
        int batch, int channels, int plane, int firstChannel, int endChannel, float* x, float* y, float* coefficients, float* z) : ISimdOperation
        where TOperator : struct, IChannelOperator
    {
        public void Invoke<V>()
            where V : struct, IVector<V>
        {
            for (int channel = firstChannel; channel < endChannel; channel++)
            {
                float* own = coefficients + channel;
                for (int sample = 0; sample < batch; sample++)
                {
                    long offset = ((long)sample * channels + channel) * plane;
                    int whole = plane / V.Count * V.Count;
                    Run<V>(x + offset, y + offset, own, z + offset, whole);
                    Run<V1>(x + offset + whole, y + offset + whole, own, z + offset + whole, plane - whole);
                }
            }
        }

        private void Run<V>(float* runX, float* runY, float* own, float* runZ, int length)
            where V : struct, IVector<V>
        {
            V a = V.Broadcast(own[0]);
            V b = V.Broadcast(own[channels]);
            V c = V.Broadcast(own[2 * channels]);
            V d = V.Broadcast(own[3 * channels]);
            for (int i = 0; i < length; i += V.Count)
            {
                TOperator.Apply(V.Load(runX + i), V.Load(runY + i), a, b, c, d).Store(runZ + i);
            }
        }
    }

    private readonly struct ColumnsCall<TOperator>(
        int batch, int channels, int firstChannel, int endChannel, float* x, float* y, float* coefficients, float* z) : ISimdOperation
        where TOperator : struct, IChannelOperator
    {
        public void Invoke<V>()
            where V : struct, IVector<V>
        {
            int whole = (endChannel - firstChannel) / V.Count * V.Count;
            for (int sample = 0; sample < batch; sample++)
            {
                long offset = (long)sample * channels;
                Row<V>(offset, firstChannel, firstChannel + whole);
                Row<V1>(offset, firstChannel + whole, endChannel);
            }
        }

        private void Row<V>(long offset, int first, int end)
            where V : struct, IVector<V>
        {
            for (int channel = first; channel < end; channel += V.Count)
            {
                float* own = coefficients + channel;
                TOperator.Apply(
                    V.Load(x + offset + channel),
                    V.Load(y + offset + channel),
                    V.Load(own),
                    V.Load(own + channels),
                    V.Load(own + 2L * channels),
                    V.Load(own + 3L * channels)).Store(z + offset + channel);
            }
        }
    }
}
