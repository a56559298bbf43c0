using FastConv.Randomness;

namespace FastConv.Tests.Reference;

/// <summary>The dropout mask, an element at a time: seed and step give one fixed sequence of draws.</summary>
internal static class DropoutReference
{
    private const ulong Domain = 0x64726F706F757421;

    public static double[] Mask(int length, float probability, long seed, long step)
    {
        var mask = new double[length];
        for (int i = 0; i < length; i++)
        {
            (uint a, uint b, uint c, uint d) = Philox.Block((ulong)seed ^ Domain, (ulong)step, (ulong)(i / 4));
            uint draw = (i % 4) switch { 0 => a, 1 => b, 2 => c, _ => d };
            mask[i] = (draw >> 8) / 16777216.0 < probability ? 0 : 1 / (1 - (double)probability);
        }

        return mask;
    }
}
