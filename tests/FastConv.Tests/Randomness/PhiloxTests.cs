using FastConv.Randomness;

namespace FastConv.Tests.Randomness;

public sealed class PhiloxTests
{
    // philox4x32-10 of the file kat_vectors in the Random123 distribution: counter, key, result.
    [Theory]
    [InlineData(new uint[] { 0, 0, 0, 0 }, new uint[] { 0, 0 }, new uint[] { 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8 })]
    [InlineData(
        new uint[] { 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff },
        new uint[] { 0xffffffff, 0xffffffff },
        new uint[] { 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd })]
    [InlineData(
        new uint[] { 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344 },
        new uint[] { 0xa4093822, 0x299f31d0 },
        new uint[] { 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1 })]
    public void Block_GivesTheKnownAnswers(uint[] counter, uint[] key, uint[] expected)
    {
        (uint a, uint b, uint c, uint d) = Philox.Block(Join(key[0], key[1]), Join(counter[2], counter[3]), Join(counter[0], counter[1]));

        Assert.Equal(expected, (uint[])[a, b, c, d]);
    }

    [Theory]
    [InlineData(0u, 0f)]
    [InlineData(255u, 0f)]
    [InlineData(256u, 1f / (1 << 24))]
    [InlineData(1u << 31, 0.5f)]
    [InlineData(uint.MaxValue, 1f - 1f / (1 << 24))]
    public void ToUnitInterval_IsBelowOne(uint bits, float expected) => Assert.Equal(expected, Philox.ToUnitInterval(bits));

    private static ulong Join(uint low, uint high) => low | (ulong)high << 32;
}
