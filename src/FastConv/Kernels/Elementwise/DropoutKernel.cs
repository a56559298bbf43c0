using System.Diagnostics;
using FastConv.Randomness;

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

    /// <summary>Elements [start, start + length) of the whole.</summary>
    public static void Run(float* x, float* y, int start, int length, float probability, long seed, long step)
    {
        Debug.Assert(start % BlockLength == 0 && probability >= 0 && probability <= 1);
        float scale = ScaleOf(probability);
        ulong key = (ulong)seed ^ Domain;
        float* factors = stackalloc float[BlockLength];
        int end = start + length;
        for (int i = start; i < end; i += BlockLength)
        {
            (uint a, uint b, uint c, uint d) = Philox.Block(key, (ulong)step, (ulong)(i / BlockLength));
            factors[0] = Factor(a, probability, scale);
            factors[1] = Factor(b, probability, scale);
            factors[2] = Factor(c, probability, scale);
            factors[3] = Factor(d, probability, scale);
            int lanes = Math.Min(BlockLength, end - i);
            for (int lane = 0; lane < lanes; lane++)
            {
                y[i + lane] = x[i + lane] * factors[lane];
            }
        }
    }

    // Where everything is dropped nothing is scaled.
    private static float ScaleOf(float probability) => probability < 1 ? 1 / (1 - probability) : 0;

    private static float Factor(uint draw, float probability, float scale) =>
        Philox.ToUnitInterval(draw) < probability ? 0 : scale;
}
