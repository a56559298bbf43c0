using System.Text;

namespace FastConv.Tests.Golden;

/// <summary>
/// Inputs that C# and Python generate alike: word i of a text is mix(fnv1a(text) + i * 0x9E3779B9), in 32 bits. tools/golden/draws.py has the other side and
/// the sources.
/// </summary>
internal static class GoldenDraws
{
    private const uint Golden = 0x9E3779B9;

    /// <summary>offset + scale * n with n the upper bits of a word as a signed integer over 2^(bits - 1), in [-1, 1).</summary>
    public static float[] Numbers(string text, int count, int bits, double scale, double offset) =>
        Array.ConvertAll(Words(text, count), word => (float)(offset + scale * (((int)(word >> (32 - bits)) - (1 << (bits - 1))) / (double)(1 << (bits - 1)))));

    /// <summary>Words modulo classes.</summary>
    public static int[] Labels(string text, int count, int classes) => Array.ConvertAll(Words(text, count), word => (int)(word % (uint)classes));

    private static uint[] Words(string text, int count)
    {
        uint key = Fnv1A(text);
        var words = new uint[count];
        for (int index = 0; index < count; index++)
        {
            words[index] = Mix(key + (uint)index * Golden);
        }

        return words;
    }

    private static uint Fnv1A(string text)
    {
        uint key = 0x811C9DC5;
        foreach (byte letter in Encoding.UTF8.GetBytes(text))
        {
            key = (key ^ letter) * 0x01000193;
        }

        return key;
    }

    private static uint Mix(uint x)
    {
        x = (x ^ (x >> 16)) * 0x7FEB352D;
        x = (x ^ (x >> 15)) * 0x846CA68B;
        return x ^ (x >> 16);
    }
}
