using System.Diagnostics;
using System.Runtime.CompilerServices;
using FastConv.Shapes;
using FastConv.Simd;

namespace FastConv.Kernels.Normalization;

/// <summary>
/// sum(t) and sum(t * (x - pivot)) over each channel of a block of [batch, channels, plane]. Samples are outside and channels inside, so
/// that memory is read in stretches of all channels of the block. A plane's vectors of 16 go to two rows of 16 lanes in turns, on every CPU, and
/// the lanes into doubles before they have grown long.
/// </summary>
internal static unsafe class ChannelSumKernel
{
    /// <summary>Shorter planes are summed column by column (<see cref="ColumnSumKernel"/>).</summary>
    public const int SmallestPlane = 2 * Lanes;

    private const int Lanes = SimdDispatch.ReductionLanes;

    // Floats of a channel while it is summed: two rows of lanes for either sum.
    private const int SumsOfChannel = 4 * Lanes;
    private const int ChannelsAtOnce = 64;

    // Elements of a channel that its lanes take before they are emptied: 256 to each lane.
    private const int MostInLanes = 256 * 2 * Lanes;

    /// <summary>first[c] = sum(t), second[c] = sum(t * (x - pivots[c])) over the block's part of channel c. All three are [channels].</summary>
    public static void Sum<TTerm>(BatchNormShape shape, ChannelBlock block, ChannelData data, float* pivots, double* first, double* second)
        where TTerm : struct, IChannelTerm
    {
        Debug.Assert(block.FirstChannel >= 0 && block.FirstChannel < block.EndChannel && block.EndChannel <= shape.Channels);
        Debug.Assert(block.FirstSample >= 0 && block.FirstSample < block.EndSample && block.EndSample <= shape.Batch);
        if (shape.Plane < SmallestPlane)
        {
            ColumnSumKernel.Sum<TTerm>(shape, block, data, pivots, first, second);
            return;
        }

        for (int channel = block.FirstChannel; channel < block.EndChannel; channel += ChannelsAtOnce)
        {
            ChannelBlock part = block with { FirstChannel = channel, EndChannel = Math.Min(channel + ChannelsAtOnce, block.EndChannel) };
            var call = new Call<TTerm>(shape, part, data, pivots, first, second);
            SimdDispatch.RunReduction(ref call);
        }
    }

    private readonly struct Call<TTerm>(
        BatchNormShape shape, ChannelBlock block, ChannelData data, float* pivots, double* first, double* second) : ISimdOperation
        where TTerm : struct, IChannelTerm
    {
        [SkipLocalsInit]
        public void Invoke<V>()
            where V : struct, IVector<V>
        {
            float* lanes = stackalloc float[ChannelsAtOnce * SumsOfChannel];
            int channels = block.EndChannel - block.FirstChannel;
            new Span<double>(first + block.FirstChannel, channels).Clear();
            new Span<double>(second + block.FirstChannel, channels).Clear();
            int samplesAtOnce = Math.Max(1, MostInLanes / shape.Plane);
            for (int sample = block.FirstSample; sample < block.EndSample; sample += samplesAtOnce)
            {
                int endSample = Math.Min(block.EndSample - sample, samplesAtOnce) + sample;
                for (int pixel = 0; pixel < shape.Plane;)
                {
                    // A rest of less than a step joins the stretch before it.
                    int length = shape.Plane - pixel < MostInLanes + SmallestPlane ? shape.Plane - pixel : MostInLanes;
                    new Span<float>(lanes, channels * SumsOfChannel).Clear();
                    Add<V>(lanes, sample, endSample, pixel, length);
                    Empty<V>(lanes);
                    pixel += length;
                }
            }
        }

        // Compiled in full at once: the profile of one shape slows another.
        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        private void Add<V>(float* lanes, int sample, int endSample, int pixel, int length)
            where V : struct, IVector<V>
        {
            float* pivot = pivots;
            int firstChannel = block.FirstChannel;
            int endChannel = block.EndChannel;
            int plane = shape.Plane;
            int rest = length % Lanes;
            V isRest = V.Load(LaneMask.From(Lanes - rest));
            for (; sample < endSample; sample++)
            {
                nint offset = ((nint)sample * shape.Channels + firstChannel) * plane + pixel;
                float* x = data.Input + offset;
                float* y = data.GradOutput + offset;
                float* z = data.Output + offset;
                float* own = lanes;
                for (int channel = firstChannel; channel < endChannel; channel++)
                {
                    V center = V.Broadcast(pivot[channel]);
                    V first0 = V.Load(own);
                    V first1 = V.Load(own + Lanes);
                    V second0 = V.Load(own + 2 * Lanes);
                    V second1 = V.Load(own + 3 * Lanes);
                    nint i = 0;
                    for (; i <= length - 2 * Lanes; i += 2 * Lanes)
                    {
                        V deviation0 = V.Load(x + i) - center;
                        V term0 = TTerm.Of(deviation0, y + i, z + i);
                        first0 += term0;
                        second0 = V.FusedMultiplyAdd(term0, deviation0, second0);
                        V deviation1 = V.Load(x + i + Lanes) - center;
                        V term1 = TTerm.Of(deviation1, y + i + Lanes, z + i + Lanes);
                        first1 += term1;
                        second1 = V.FusedMultiplyAdd(term1, deviation1, second1);
                    }

                    if (i <= length - Lanes)
                    {
                        V deviation = V.Load(x + i) - center;
                        V term = TTerm.Of(deviation, y + i, z + i);
                        first0 += term;
                        second0 = V.FusedMultiplyAdd(term, deviation, second0);
                    }

                    if (rest != 0)
                    {
                        // The last 16 of the stretch once more, without those that were added above.
                        i = length - Lanes;
                        V deviation = V.Load(x + i) - center;
                        V term = V.Select(isRest, TTerm.Of(deviation, y + i, z + i), V.Zero);
                        first1 += term;
                        second1 = V.FusedMultiplyAdd(term, V.Select(isRest, deviation, V.Zero), second1);
                    }

                    first0.Store(own);
                    first1.Store(own + Lanes);
                    second0.Store(own + 2 * Lanes);
                    second1.Store(own + 3 * Lanes);
                    own += SumsOfChannel;
                    x += plane;
                    y += plane;
                    z += plane;
                }
            }
        }

        private void Empty<V>(float* lanes)
            where V : struct, IVector<V>
        {
            for (int channel = block.FirstChannel; channel < block.EndChannel; channel++)
            {
                (V.Load(lanes) + V.Load(lanes + Lanes)).Store(lanes);
                (V.Load(lanes + 2 * Lanes) + V.Load(lanes + 3 * Lanes)).Store(lanes + Lanes);
                first[channel] += SumOf(lanes);
                second[channel] += SumOf(lanes + Lanes);
                lanes += SumsOfChannel;
            }
        }

        // Four chains, since one would wait for each addition.
        private static double SumOf(float* lanes)
        {
            double sum0 = 0, sum1 = 0, sum2 = 0, sum3 = 0;
            for (int lane = 0; lane < Lanes; lane += 4)
            {
                sum0 += lanes[lane];
                sum1 += lanes[lane + 1];
                sum2 += lanes[lane + 2];
                sum3 += lanes[lane + 3];
            }

            return sum0 + sum1 + (sum2 + sum3);
        }
    }
}
