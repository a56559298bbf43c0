using System.Runtime.InteropServices;
using FastConv.Kernels.Elementwise;
using FastConv.Randomness;
using FastConv.Simd;

namespace FastConv.Tests.Kernels;

public sealed unsafe class PhiloxWordsTests
{
    [Theory]
    [InlineData(0ul, 0ul, 0u)]
    [InlineData(0x299f31d0_a4093822ul, 0x03707344_13198a2eul, 0x243f6a88u)]
    [InlineData(ulong.MaxValue, ulong.MaxValue, uint.MaxValue - 7)]
    [InlineData(7ul, 1ul << 32, 12_345u)]
    public void Blocks_AreThoseOfTheGenerator(ulong key, ulong stream, uint position)
    {
        Check<W1>(key, stream, position);
        var call = new WidestCall(key, stream, position);
        SimdDispatch.RunWords(ref call);
        Check<W128>(key, stream, position);
    }

    private static void Check<W>(ulong key, ulong stream, uint position)
        where W : struct, IWords<W>
    {
        ulong* keys = stackalloc ulong[PhiloxWords.KeysLength];
        new PhiloxWords(key, stream, keys).Blocks(position, out W first, out W second);
        var words = new ulong[2 * W.Count];
        fixed (ulong* pointer = words)
        {
            first.Store(pointer);
            second.Store(pointer + W.Count);
        }

        uint[] expected = [.. Enumerable.Range(0, W.Count).SelectMany(block =>
        {
            (uint a, uint b, uint c, uint d) = Philox.Block(key, stream, position + (ulong)block);
            return (uint[])[a, b, c, d];
        })];
        Assert.Equal(expected, MemoryMarshal.Cast<ulong, uint>(words).ToArray());
    }

    private readonly struct WidestCall(ulong key, ulong stream, uint position) : IWordsOperation
    {
        public void Invoke<W>()
            where W : struct, IWords<W> => Check<W>(key, stream, position);
    }
}
