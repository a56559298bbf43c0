using System.Buffers.Binary;

namespace FastConv.Fuzz.Files;

/// <summary>Damages files: bits, bytes, lengths, whole parts, and parts of two files together.</summary>
internal static class ByteMutation
{
    private static readonly long[] Extremes = [0, 1, -1, 2, 127, 128, 255, 256, 32767, 65535, 65536, int.MaxValue, int.MinValue, uint.MaxValue, 1L << 40, long.MaxValue, long.MinValue];

    /// <param name="corpus">What to begin with.</param>
    /// <param name="words">What the format is made of.</param>
    /// <param name="random">Draws.</param>
    public static byte[] Of(IReadOnlyList<byte[]> corpus, IReadOnlyList<byte[]> words, Random random)
    {
        byte[] bytes = corpus[random.Next(corpus.Count)];
        for (int change = random.Next(1, 6); change > 0; change--)
        {
            bytes = Once(bytes, corpus, words, random);
        }

        return bytes;
    }

    private static byte[] Once(byte[] bytes, IReadOnlyList<byte[]> corpus, IReadOnlyList<byte[]> words, Random random)
    {
        int at = random.Next(bytes.Length + 1);
        int length = random.Next(Math.Min(64, bytes.Length - at) + 1);
        switch (random.Next(8))
        {
            case 0 when at < bytes.Length:
                return Changed(bytes, copy => copy[at] ^= (byte)(1 << random.Next(8)));
            case 1 when at < bytes.Length:
                return Changed(bytes, copy => copy[at] = (byte)random.Next(256));
            case 2 when bytes.Length - at >= sizeof(long):
                return Changed(bytes, copy => WriteExtreme(copy.AsSpan(at), random));
            case 3:
                return bytes[..at];
            case 4:
                return [.. bytes[..at], .. bytes[(at + length)..]];
            case 5:
                return [.. bytes[..at], .. bytes[at..(at + length)], .. bytes[at..]];
            case 6 when words.Count > 0:
                return [.. bytes[..at], .. words[random.Next(words.Count)], .. bytes[(random.Next(2) == 0 ? at : at + length)..]];
            default:
                byte[] other = corpus[random.Next(corpus.Count)];
                return [.. bytes[..at], .. other[random.Next(other.Length + 1)..]];
        }
    }

    private static void WriteExtreme(Span<byte> place, Random random)
    {
        long value = Extremes[random.Next(Extremes.Length)] + random.Next(-2, 3);
        switch (random.Next(4))
        {
            case 0:
                BinaryPrimitives.WriteInt32BigEndian(place, (int)value);
                break;
            case 1:
                BinaryPrimitives.WriteInt32LittleEndian(place, (int)value);
                break;
            case 2:
                BinaryPrimitives.WriteInt64LittleEndian(place, value);
                break;
            default:
                BinaryPrimitives.WriteInt16BigEndian(place, (short)value);
                break;
        }
    }

    private static byte[] Changed(byte[] bytes, Action<byte[]> change)
    {
        byte[] copy = [.. bytes];
        change(copy);
        return copy;
    }
}
