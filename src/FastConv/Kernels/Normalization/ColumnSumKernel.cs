using System.Runtime.CompilerServices;
using FastConv.Shapes;
using FastConv.Simd;

namespace FastConv.Kernels.Normalization;

/// <summary>
/// The sums of <see cref="ChannelSumKernel"/> where planes are shorter than vectors: every pixel of every channel is a column over the
/// samples with sums of its own, added up in their order, and a channel is the sum of its columns. So the width of the vectors does not matter.
/// </summary>
internal static unsafe class ColumnSumKernel
{
    /// <summary>Columns whose sums and pivots stay in the first-level cache.</summary>
    public const int ColumnsAtOnce = 1024;

    // Samples that a column takes before it is emptied into a double.
    private const int MostInColumn = 256;

    public static void Sum<TTerm>(BatchNormShape shape, ChannelBlock block, ChannelData data, float* pivots, double* first, double* second)
        where TTerm : struct, IChannelTerm
    {
        int channelsAtOnce = ColumnsAtOnce / shape.Plane;
        for (int channel = block.FirstChannel; channel < block.EndChannel; channel += channelsAtOnce)
        {
            ChannelBlock part = block with { FirstChannel = channel, EndChannel = Math.Min(channel + channelsAtOnce, block.EndChannel) };
            var call = new Call<TTerm>(shape, part, data, pivots, first, second);
            SimdDispatch.Run(ref call);
        }
    }

    /// <summary>The values of channels as those of their columns: repeated in the given memory, unless a channel has one column.</summary>
    public static float* Spread(float* values, int channels, int plane, float* columns)
    {
        if (plane == 1)
        {
            return values;
        }

        float* next = columns;
        for (int channel = 0; channel < channels; channel++)
        {
            for (int pixel = 0; pixel < plane; pixel++)
            {
                *next++ = values[channel];
            }
        }

        return columns;
    }

    private readonly struct Call<TTerm>(
        BatchNormShape shape, ChannelBlock block, ChannelData data, float* pivots, double* first, double* second) : ISimdOperation
        where TTerm : struct, IChannelTerm
    {
        [SkipLocalsInit]
        public void Invoke<V>()
            where V : struct, IVector<V>
        {
            float* memory = stackalloc float[3 * ColumnsAtOnce];
            float* firsts = memory + ColumnsAtOnce;
            float* seconds = firsts + ColumnsAtOnce;
            int channels = block.EndChannel - block.FirstChannel;
            int columns = channels * shape.Plane;
            new Span<double>(first + block.FirstChannel, channels).Clear();
            new Span<double>(second + block.FirstChannel, channels).Clear();
            float* centers = Spread(pivots + block.FirstChannel, channels, shape.Plane, memory);
            for (int sample = block.FirstSample; sample < block.EndSample; sample += MostInColumn)
            {
                new Span<float>(firsts, columns).Clear();
                new Span<float>(seconds, columns).Clear();
                Add<V>(centers, firsts, seconds, columns, sample, Math.Min(block.EndSample - sample, MostInColumn) + sample);
                for (int channel = 0; channel < channels; channel++)
                {
                    for (int pixel = 0; pixel < shape.Plane; pixel++)
                    {
                        first[block.FirstChannel + channel] += firsts[channel * shape.Plane + pixel];
                        second[block.FirstChannel + channel] += seconds[channel * shape.Plane + pixel];
                    }
                }
            }
        }

        // Compiled in full at once: the profile of one shape slows another.
        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        private void Add<V>(float* centers, float* firsts, float* seconds, int columns, int sample, int endSample)
            where V : struct, IVector<V>
        {
            for (; sample < endSample; sample++)
            {
                nint offset = ((nint)sample * shape.Channels + block.FirstChannel) * shape.Plane;
                float* x = data.Input + offset;
                float* y = data.GradOutput + offset;
                float* z = data.Output + offset;
                nint column = 0;
                for (; column <= columns - V.Count; column += V.Count)
                {
                    Step<V>(x + column, y + column, z + column, centers + column, firsts + column, seconds + column);
                }

                for (; column < columns; column++)
                {
                    Step<V1>(x + column, y + column, z + column, centers + column, firsts + column, seconds + column);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Step<V>(float* x, float* y, float* z, float* center, float* firstSum, float* secondSum)
            where V : struct, IVector<V>
        {
            V deviation = V.Load(x) - V.Load(center);
            V term = TTerm.Of(deviation, y, z);
            (V.Load(firstSum) + term).Store(firstSum);
            V.FusedMultiplyAdd(term, deviation, V.Load(secondSum)).Store(secondSum);
        }
    }
}
