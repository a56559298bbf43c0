using System.Buffers;
using FastConv.Data;

namespace FastConv.Imaging;

/// <summary>Resized samples by their number: kept in memory until the limit is reached, decoded again and again beyond it.</summary>
internal sealed class SampleCache
{
    private readonly ImageSample _sample;
    private readonly string[] _paths;
    private readonly long _maxPixels;
    private readonly long _limit;
    private readonly byte[]?[] _kept;
    private long _bytes;

    public SampleCache(ImageSample sample, string[] paths, long maxPixels, long limit)
    {
        _sample = sample;
        _paths = paths;
        _maxPixels = maxPixels;
        _limit = limit;
        _kept = new byte[]?[paths.Length];
    }

    /// <summary>The files, one a sample.</summary>
    public IReadOnlyList<string> Paths => _paths;

    /// <summary>What is kept.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Decodes a file whose sample is not needed yet, and keeps it where there is room.</summary>
    public void Warm(int index) => Decode(index, values: []);

    /// <summary>Writes a sample, values in [0, 1].</summary>
    public void Read(int index, Span<float> values)
    {
        if (Volatile.Read(ref _kept[index]) is { } kept)
        {
            PixelBytes.ToUnitInterval(kept, values);
        }
        else
        {
            Decode(index, values);
        }
    }

    /// <summary>Some of the samples, under new numbers.</summary>
    public SampleCache Only(int[] indices)
    {
        var others = new SampleCache(_sample, Array.ConvertAll(indices, index => _paths[index]), _maxPixels, _limit);
        for (int index = 0; index < indices.Length; index++)
        {
            others._kept[index] = _kept[indices[index]];
            others._bytes += others._kept[index]?.Length ?? 0;
        }

        return others;
    }

    private void Decode(int index, Span<float> values)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(_sample.Length);
        try
        {
            Span<byte> bytes = rented.AsSpan(0, _sample.Length);
            _sample.Read(_paths[index], _maxPixels, bytes);
            Keep(index, bytes);
            if (!values.IsEmpty)
            {
                PixelBytes.ToUnitInterval(bytes, values);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    // Two threads may have decoded the same sample: the first is kept.
    private void Keep(int index, ReadOnlySpan<byte> bytes)
    {
        bool hasRoom = Interlocked.Add(ref _bytes, bytes.Length) <= _limit;
        if (!hasRoom || Interlocked.CompareExchange(ref _kept[index], bytes.ToArray(), null) is not null)
        {
            Interlocked.Add(ref _bytes, -bytes.Length);
        }
    }
}
