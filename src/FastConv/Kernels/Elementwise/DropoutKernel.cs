using System.Diagnostics;
using FastConv.Simd;

namespace FastConv.Kernels.Elementwise;

/// <summary>
/// y[i] = x[i] * (draw(i) &lt; probability ? 0 : 1 / (1 - probability)). The draw is a function of seed, step and i alone (lane i mod 4 of
/// Philox block i / 4), so backward can draw the same mask again; reading one kept byte an element is faster.
/// </summary>
internal static unsafe class DropoutKernel
{
    /// <summary>Elements of one block of draws: pieces start at multiples of it.</summary>
    public const int BlockLength = 4;

    // "dropout!": keeps the draws apart from those of a RandomSource with the same seed.
    private const ulong Domain = 0x64726F706F757421;

    // Factors that are drawn before they are multiplied with: the draws of a few vectors of any width.
    private const int Stretch = 256;

    /// <summary>Elements [start, start + length) of the whole.</summary>
    /// <param name="x">The whole.</param>
    /// <param name="y">The whole.</param>
    /// <param name="kept">1 for every element that is not dropped, else 0; null: not wanted.</param>
    /// <param name="start">A multiple of <see cref="BlockLength"/>.</param>
    /// <param name="length">How many.</param>
    /// <param name="probability">Of being dropped.</param>
    /// <param name="seed">Of the layer.</param>
    /// <param name="step">Another mask for each.</param>
    public static void Run(float* x, float* y, byte* kept, int start, int length, float probability, long seed, long step)
    {
        Debug.Assert(start % BlockLength == 0 && probability >= 0 && probability <= 1);
        ulong* keys = stackalloc ulong[PhiloxWords.KeysLength];
        float* factors = stackalloc float[Stretch];
        var draws = new PhiloxWords((ulong)seed ^ Domain, (ulong)step, keys);
        int end = start + length;
        for (int i = start; i < end; i += Stretch)
        {
            var call = new FactorsCall(draws, (uint)(i / BlockLength), probability, factors);
            SimdDispatch.RunWords(ref call);
            var multiply = new MultiplyCall(x + i, factors, y + i, kept == null ? null : kept + i, Math.Min(Stretch, end - i));
            SimdDispatch.Run(ref multiply);
        }
    }

    /// <summary>y[i] = x[i] * (kept[i] / (1 - probability)).</summary>
    public static void Apply(float* x, byte* kept, float* y, int length, float probability)
    {
        Debug.Assert(length >= 0);
        var call = new ApplyCall(x, kept, y, length, ScaleOf(probability));
        SimdDispatch.Run(ref call);
    }

    // Where everything is dropped nothing is scaled.
    private static float ScaleOf(float probability) => probability < 1 ? 1 / (1 - probability) : 0;

    private readonly struct MultiplyCall(float* x, float* factors, float* y, byte* kept, int length) : ISimdOperation
    {
        public void Invoke<V>()
            where V : struct, IVector<V>
        {
            int i = 0;
            for (; i <= length - V.Count; i += V.Count)
            {
                Multiply<V>(i);
            }

            for (; i < length; i++)
            {
                Multiply<V1>(i);
            }
        }

        private void Multiply<V>(int i)
            where V : struct, IVector<V>
        {
            V factor = V.Load(factors + i);
            (V.Load(x + i) * factor).Store(y + i);
            if (kept != null)
            {
                V.Select(V.GreaterThan(factor, V.Zero), V.Broadcast(1), V.Zero).StoreBytes(kept + i);
            }
        }
    }

    private readonly struct ApplyCall(float* x, byte* kept, float* y, int length, float scale) : ISimdOperation
    {
        public void Invoke<V>()
            where V : struct, IVector<V>
        {
            V scales = V.Broadcast(scale);
            int i = 0;
            for (; i <= length - V.Count; i += V.Count)
            {
                (V.Load(x + i) * (V.LoadBytes(kept + i) * scales)).Store(y + i);
            }

            for (; i < length; i++)
            {
                y[i] = x[i] * (kept[i] * scale);
            }
        }
    }

    // The uppermost 24 bits of a draw are its fraction, so it is below the probability where it is below this as a whole.
    private readonly struct FactorsCall(PhiloxWords draws, uint position, float probability, float* factors) : IWordsOperation
    {
        public void Invoke<W>()
            where W : struct, IWords<W>
        {
            const float Fractions = 1 << 24;
            ulong firstKept = (ulong)MathF.Ceiling(probability * Fractions) << 8;
            W threshold = W.Broadcast(Math.Min(firstKept, uint.MaxValue) * 0x1_0000_0001);
            W scales = W.Broadcast(BitConverter.SingleToUInt32Bits(ScaleOf(probability)) * 0x1_0000_0001ul);
            ulong* to = (ulong*)factors;
            for (int block = 0; block < Stretch / BlockLength; block += W.Count)
            {
                draws.Blocks(position + (uint)block, out W first, out W second);
                (W.HalvesAtLeast(first, threshold) & scales).Store(to + 2 * block);
                (W.HalvesAtLeast(second, threshold) & scales).Store(to + 2 * block + W.Count);
            }
        }
    }
}
