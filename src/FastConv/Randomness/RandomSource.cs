namespace FastConv.Randomness;

/// <summary>
/// A seeded sequence of random numbers, the same on every platform and in every version. Different <c>stream</c> numbers of one seed
/// are independent. Not thread-safe; not for secrets.
/// </summary>
public sealed class RandomSource
{
    private ulong _seed;
    private ulong _stream;
    private ulong _position;
    private (uint A, uint B, uint C, uint D) _block;
    private int _unread;
    private double _spareNormal;

    /// <summary>The sequence number <paramref name="stream"/> of a seed, from its start.</summary>
    public RandomSource(long seed, long stream = 0) => Restart(seed, stream);

    /// <summary>Becomes another sequence, from its start: a loop over many sequences needs one object.</summary>
    internal void Restart(long seed, long stream)
    {
        _seed = (ulong)seed;
        _stream = (ulong)stream;
        _position = 0;
        _unread = 0;
        _spareNormal = double.NaN;
    }

    /// <summary>32 random bits.</summary>
    public uint NextUInt32()
    {
        if (_unread == 0)
        {
            _block = Philox.Block(_seed, _stream, _position++);
            _unread = 4;
        }

        return _unread-- switch { 4 => _block.A, 3 => _block.B, 2 => _block.C, _ => _block.D };
    }

    /// <summary>Uniform in [0, 1), in steps of 2^-24.</summary>
    public float NextSingle() => Philox.ToUnitInterval(NextUInt32());

    /// <summary>Uniform in [low, high).</summary>
    public float NextSingle(float low, float high)
    {
        // The sum may round up to the bound that is not part of the interval.
        float value = low + (high - low) * NextSingle();
        return value < high ? value : Math.Max(low, MathF.BitDecrement(high));
    }

    /// <summary>Uniform in [0, bound), without bias.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bound is below 1.</exception>
    public int NextInt(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);

        // Lemire's multiply-and-reject: the low half must not fall into the part that some results would get once more than others.
        ulong product = (ulong)NextUInt32() * (uint)bound;
        uint threshold = (uint)-bound % (uint)bound;
        while ((uint)product < threshold)
        {
            product = (ulong)NextUInt32() * (uint)bound;
        }

        return (int)(product >> 32);
    }

    /// <summary>Standard normal (Box-Muller).</summary>
    public float NextNormal()
    {
        if (!double.IsNaN(_spareNormal))
        {
            double spare = _spareNormal;
            _spareNormal = double.NaN;
            return (float)spare;
        }

        double radius = Math.Sqrt(-2 * Math.Log((NextUInt32() + 1.0) / 4294967296.0));
        (double sin, double cos) = Math.SinCos(2 * Math.PI * (NextUInt32() / 4294967296.0));
        _spareNormal = radius * sin;
        return (float)(radius * cos);
    }

    /// <summary>Puts the elements into a random order (Fisher-Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (int last = items.Length - 1; last > 0; last--)
        {
            int other = NextInt(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }
}
