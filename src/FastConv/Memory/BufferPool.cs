using System.Numerics;

namespace FastConv.Memory;

/// <summary>
/// Scratch buffers shared by the whole process. Size classes are an eighth of a power of two apart, so at most an eighth is
/// wasted; each class keeps a few returned buffers. Thread-safe; a warm rent allocates nothing.
/// </summary>
internal static class BufferPool
{
    /// <summary>The longest buffer there is: one array, less what its alignment may take.</summary>
    public static readonly int LargestLength = Array.MaxLength - AlignedBuffer.AlignedFloats;

    private const int SmallestLength = 1024;
    private const int StepsPerOctave = 8;
    private const int KeptPerClass = 32;

    private static readonly SizeClass[] Classes = CreateClasses();

    private static long _rented;
    private static long _created;

    /// <summary>Buffers handed out and not yet returned: zero between calls, or something leaks.</summary>
    public static long Rented => Interlocked.Read(ref _rented);

    /// <summary>Buffers ever allocated: constant once a program is warm.</summary>
    public static long Created => Interlocked.Read(ref _created);

    /// <summary>A buffer of at least <paramref name="length"/> floats with unknown contents.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A negative length, or more than one array can hold aligned.</exception>
    public static AlignedBuffer Rent(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, LargestLength);
        SizeClass sizeClass = Classes[ClassOf(length)];
        AlignedBuffer? buffer = sizeClass.TryTake();
        if (buffer is null)
        {
            buffer = AlignedBuffer.Uninitialized(sizeClass.Length);
            Interlocked.Increment(ref _created);
        }

        buffer.IsRented = true;
        Interlocked.Increment(ref _rented);
        return buffer;
    }

    /// <summary>Gives a rented buffer back; the caller forgets it.</summary>
    /// <exception cref="InvalidOperationException">The buffer is not rented (returned twice).</exception>
    public static void Return(AlignedBuffer buffer)
    {
        if (!buffer.IsRented)
        {
            throw new InvalidOperationException("the buffer is not rented, or was returned before.");
        }

        buffer.IsRented = false;
        Interlocked.Decrement(ref _rented);
        Classes[ClassOf(buffer.Length)].Keep(buffer);
    }

    // Class 0 is SmallestLength; class i is SmallestLength * 2^(i / 8) * (1 + i % 8 / 8); the last is the largest array.
    private static int ClassOf(int length)
    {
        if (length <= SmallestLength)
        {
            return 0;
        }

        int octave = BitOperations.Log2((uint)((length - 1) / SmallestLength));
        int step = SmallestLength / StepsPerOctave << octave;
        int stepsUp = (length - (SmallestLength << octave) + step - 1) / step;
        return Math.Min(octave * StepsPerOctave + stepsUp, Classes.Length - 1);
    }

    private static SizeClass[] CreateClasses()
    {
        var classes = new List<SizeClass>();
        for (int index = 0; ; index++)
        {
            long length = ((long)SmallestLength << index / StepsPerOctave) * (StepsPerOctave + index % StepsPerOctave) / StepsPerOctave;
            if (length > LargestLength)
            {
                classes.Add(new SizeClass(LargestLength));
                return [.. classes];
            }

            classes.Add(new SizeClass((int)length));
        }
    }

    private sealed class SizeClass(int length)
    {
        private readonly AlignedBuffer?[] _kept = new AlignedBuffer?[KeptPerClass];
        private readonly Lock _gate = new();
        private int _count;

        public int Length => length;

        public AlignedBuffer? TryTake()
        {
            lock (_gate)
            {
                if (_count == 0)
                {
                    return null;
                }

                AlignedBuffer? buffer = _kept[--_count];
                _kept[_count] = null;
                return buffer;
            }
        }

        public void Keep(AlignedBuffer buffer)
        {
            lock (_gate)
            {
                if (_count < KeptPerClass)
                {
                    _kept[_count++] = buffer;
                }
            }
        }
    }
}
