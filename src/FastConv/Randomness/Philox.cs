namespace FastConv.Randomness;

/// <summary>
/// Philox4x32-10, a counter-based generator: a block of four numbers is a pure function of seed and position, so that any thread
/// can draw any part of a sequence. Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC 2011).
/// </summary>
internal static class Philox
{
    /// <summary>What the counter's first and third words are multiplied by in every round.</summary>
    public const uint MultiplierA = 0xD2511F53;
    public const uint MultiplierB = 0xCD9E8D57;
    /// <summary>What the key's words grow by from round to round.</summary>
    public const uint WeylA = 0x9E3779B9;
    public const uint WeylB = 0xBB67AE85;
    public const int Rounds = 10;

    /// <summary>Four independent, uniformly distributed 32-bit numbers.</summary>
    /// <param name="key">The seed.</param>
    /// <param name="stream">Which of the seed's 2^64 sequences.</param>
    /// <param name="position">Which block of the sequence.</param>
    public static (uint A, uint B, uint C, uint D) Block(ulong key, ulong stream, ulong position)
    {
        uint c0 = (uint)position;
        uint c1 = (uint)(position >> 32);
        uint c2 = (uint)stream;
        uint c3 = (uint)(stream >> 32);
        uint k0 = (uint)key;
        uint k1 = (uint)(key >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            ulong productA = (ulong)MultiplierA * c0;
            ulong productB = (ulong)MultiplierB * c2;
            c0 = (uint)(productB >> 32) ^ c1 ^ k0;
            c1 = (uint)productB;
            c2 = (uint)(productA >> 32) ^ c3 ^ k1;
            c3 = (uint)productA;
            k0 += WeylA;
            k1 += WeylB;
        }

        return (c0, c1, c2, c3);
    }

    /// <summary>The number as a fraction in [0, 1) with 24 bits.</summary>
    public static float ToUnitInterval(uint bits) => (bits >> 8) * (1f / (1 << 24));
}
