using System.Runtime.Intrinsics;
using FastConv.Simd;

namespace FastConv.Tests.Simd;

/// <summary>Every width of words that this machine has, against the same operations on plain numbers.</summary>
public sealed unsafe class WordsTests
{
    private static readonly ulong[] Values =
        [0, 1, 0xFFFFFFFF, 0x1_00000000, 0x80000000_7FFFFFFF, 0x7FFFFFFF_80000000, 0xD2511F53_CD9E8D57, 0x12345678_9ABCDEF0, ulong.MaxValue, 0xCD9E8D57_D2511F53];

    [Fact]
    public void EveryWidth_CalculatesAsPlainNumbersDo()
    {
        Check<W1>();
        Check<W128>();
        if (Vector256.IsHardwareAccelerated)
        {
            Check<W256>();
        }

        if (Vector512.IsHardwareAccelerated)
        {
            Check<W512>();
        }
    }

    private static void Check<W>()
        where W : struct, IWords<W>
    {
        foreach (ulong a in Values)
        {
            foreach (ulong b in Values)
            {
                (W x, W y) = (W.Broadcast(a), W.Broadcast(b));
                AssertAll(a + b, x + y);
                AssertAll(a ^ b, x ^ y);
                AssertAll(a & b, x & y);
                AssertAll(a ^ b ^ 5, W.Xor(x, y, W.Broadcast(5)));
                AssertAll((ulong)(uint)a * (uint)b, W.Product(x, y));
                AssertAll(a >> 32, W.UpperHalf(x));
                AssertAll((uint)a | b << 32, W.Join(x, y));
                AssertAll(((uint)a >= (uint)b ? 0xFFFFFFFF : 0ul) | (a >> 32 >= b >> 32 ? 0xFFFFFFFF_00000000 : 0), W.HalvesAtLeast(x, y));
            }
        }

        // Numbers and a thousand more, paired, ascend.
        W second = W.Numbers + W.Broadcast(1000);
        IEnumerable<ulong> expected = Enumerable.Range(0, W.Count).SelectMany(i => (ulong[])[(ulong)i, (ulong)i + 1000]);
        Assert.Equal(expected, Words(W.FirstPairs(W.Numbers, second)).Concat(Words(W.LastPairs(W.Numbers, second))));
    }

    private static void AssertAll<W>(ulong expected, W actual)
        where W : struct, IWords<W> => Assert.All(Words(actual), word => Assert.Equal(expected, word));

    private static ulong[] Words<W>(W vector)
        where W : struct, IWords<W>
    {
        var words = new ulong[W.Count];
        fixed (ulong* pointer = words)
        {
            vector.Store(pointer);
        }

        return words;
    }
}
