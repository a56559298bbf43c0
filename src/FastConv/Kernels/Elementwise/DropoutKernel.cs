using System.Diagnostics;
using FastConv.Simd;

namespace FastConv.Kernels.Elementwise;

/// <summary>
/// y[i] = x[i] * (draw(i) &lt; probability ? 0 : 1 / (1 - probability)). The draw is a function of seed, step and i alone (lane i mod 4 of
/// Philox block i / 4), so backward draws the same mask again and none is kept.
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
    public static void Run(float* x, float* y, int start, int length, float probability, long seed, long step)
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
            MapKernel.Binary(default(MultiplyOperator), x + i, factors, y + i, Math.Min(Stretch, end - i));
        }
    }

    private readonly struct MultiplyOperator : IBinaryOperator
    {
        public V Apply<V>(V x, V factor)
            where V : struct, IVector<V> => x * factor;
    }

    // The uppermost 24 bits of a draw are its fraction, so it is below the probability where it is below this as a whole.
    private readonly struct FactorsCall(PhiloxWords draws, uint position, float probability, float* factors) : IWordsOperation
    {
        public void Invoke<W>()
            where W : struct, IWords<W>
        {
            const float Fractions = 1 << 24;
            ulong firstKept = (ulong)MathF.Ceiling(probability * Fractions) << 8;

            // Where everything is dropped nothing is scaled.
            float scale = probability < 1 ? 1 / (1 - probability) : 0;
            W threshold = W.Broadcast(Math.Min(firstKept, uint.MaxValue) * 0x1_0000_0001);
            W scales = W.Broadcast(BitConverter.SingleToUInt32Bits(scale) * 0x1_0000_0001ul);
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
