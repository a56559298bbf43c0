using System.Diagnostics;
using System.Runtime.CompilerServices;
using FastConv.Randomness;
using FastConv.Simd;

namespace FastConv.Kernels.Elementwise;

/// <summary>
/// The blocks of <see cref="Philox.Block"/>, a vector of neighbours at a time: each of the counter's four numbers is the lower half of a word,
/// where a multiplication finds it, and what a product leaves in an upper half is never looked at. Positions are below 2^32, so that
/// half of the first two rounds is the same for all blocks and is done once.
/// </summary>
internal readonly unsafe struct PhiloxWords
{
    private const int VectorRounds = Philox.Rounds - 2;

    private readonly ulong _crossSecond;
    private readonly ulong _lowSecond;
    private readonly ulong _keyFirst;
    private readonly ulong _keySecond;
    private readonly ulong* _keys;

    /// <param name="key">The seed.</param>
    /// <param name="stream">Which of the seed's sequences.</param>
    /// <param name="keys"><see cref="KeysLength"/> words of scratch, for as long as this is in use.</param>
    public PhiloxWords(ulong key, ulong stream, ulong* keys)
    {
        // Round 1: c1 is 0 and c2, c3 are the stream's. Round 2: c0 and c1 are still the same for all.
        (uint k0, uint k1) = ((uint)key, (uint)(key >> 32));
        ulong productB = (ulong)Philox.MultiplierB * (uint)stream;
        _keyFirst = (uint)(stream >> 32) ^ k1;
        uint c0 = (uint)(productB >> 32) ^ k0;
        (k0, k1) = (k0 + Philox.WeylA, k1 + Philox.WeylB);
        ulong productA = (ulong)Philox.MultiplierA * c0;

        _keySecond = (uint)productB ^ k0;
        _crossSecond = (uint)(productA >> 32) ^ k1;
        _lowSecond = (uint)productA;
        for (int round = 0; round < VectorRounds; round++)
        {
            (k0, k1) = (k0 + Philox.WeylA, k1 + Philox.WeylB);
            (keys[2 * round], keys[2 * round + 1]) = (k0, k1);
        }

        _keys = keys;
    }

    public static int KeysLength => 2 * VectorRounds;

    /// <summary>The draws of so many blocks as there are words, in order: four numbers of 32 bits each, two vectors.</summary>
    /// <param name="position">Of the first block; that of the last is below 2^32.</param>
    /// <param name="first">The first half of the draws.</param>
    /// <param name="second">The second half.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Blocks<W>(ulong position, out W first, out W second)
        where W : struct, IWords<W>
    {
        Debug.Assert(position + (ulong)W.Count - 1 <= uint.MaxValue);
        W multiplierA = W.Broadcast(Philox.MultiplierA);
        W multiplierB = W.Broadcast(Philox.MultiplierB);
        W product = W.Product(multiplierA, W.Numbers + W.Broadcast(position));
        W c2 = W.UpperHalf(product) ^ W.Broadcast(_keyFirst);
        W c3 = product;
        product = W.Product(multiplierB, c2);
        W c0 = W.UpperHalf(product) ^ W.Broadcast(_keySecond);
        W c1 = product;
        c2 = c3 ^ W.Broadcast(_crossSecond);
        c3 = W.Broadcast(_lowSecond);
        for (int round = 0; round < VectorRounds; round++)
        {
            W productA = W.Product(multiplierA, c0);
            W productB = W.Product(multiplierB, c2);
            c0 = W.Xor(W.UpperHalf(productB), c1, W.Broadcast(_keys[2 * round]));
            c1 = productB;
            c2 = W.Xor(W.UpperHalf(productA), c3, W.Broadcast(_keys[2 * round + 1]));
            c3 = productA;
        }

        W lower = W.Join(c0, c1);
        W upper = W.Join(c2, c3);
        first = W.FirstPairs(lower, upper);
        second = W.LastPairs(lower, upper);
    }
}
