using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FastConv.Memory;

/// <summary>
/// Floats on a 64-byte boundary (one cache line, one 512-bit vector) in garbage-collected memory that never moves, so that an
/// address taken once stays good for as long as the buffer is referenced.
/// </summary>
internal sealed unsafe class AlignedBuffer
{
    /// <summary>Floats between two aligned addresses.</summary>
    public const int AlignedFloats = 16;

    private const int AlignmentBytes = AlignedFloats * sizeof(float);

    private float[] _array;
    private int _offset;

    private AlignedBuffer(float[] array, int length)
    {
        _array = array;
        nuint address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array));
        int offset = (int)((AlignmentBytes - address % AlignmentBytes) % AlignmentBytes / sizeof(float));

        // Only the very longest arrays have no slack left: those are better unaligned than too short.
        _offset = Math.Min(offset, array.Length - length);
        Length = length;
    }

    private AlignedBuffer(AlignedBuffer arena, int offset, int length)
    {
        _array = arena._array;
        _offset = arena._offset + offset;
        Length = length;
        IsPart = true;
    }

    public int Length { get; }

    /// <summary>Whether the memory is part of an arena: it stays there, since others count on its address.</summary>
    public bool IsPart { get; private set; }

    public Span<float> Span => _array.AsSpan(_offset, Length);

    /// <summary>Valid while this object is reachable.</summary>
    public float* Pointer => (float*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_array)) + _offset;

    /// <summary>How often somebody asked to write: what was derived from the contents is good for as long as this is the same.</summary>
    public int Version { get; private set; }

    /// <summary>Set by the pool: whether somebody holds this buffer now.</summary>
    public bool IsRented { get; set; }

    /// <summary>The contents, for writing.</summary>
    public Span<float> SpanToWrite()
    {
        MarkWritten();
        return Span;
    }

    /// <summary>Counts a write that went another way.</summary>
    public void MarkWritten()
    {
        unchecked
        {
            Version++;
        }
    }

    /// <summary>Some of this buffer's memory as a buffer of its own, which keeps all of it alive.</summary>
    /// <param name="offset">A multiple of <see cref="AlignedFloats"/>.</param>
    /// <param name="length">Floats.</param>
    public AlignedBuffer Part(int offset, int length) => new(this, offset, length);

    /// <summary>
    /// Copies the contents to the arena and lies there from now on, for everybody who holds this buffer. Addresses and spans taken before show the
    /// memory that is left behind.
    /// </summary>
    /// <param name="arena">With room for this behind the offset.</param>
    /// <param name="offset">A multiple of <see cref="AlignedFloats"/>.</param>
    public void MoveInto(AlignedBuffer arena, int offset)
    {
        Span.CopyTo(arena.Span[offset..]);
        _array = arena._array;
        _offset = arena._offset + offset;
        IsPart = true;
        MarkWritten();
    }

    public static AlignedBuffer Zeroed(int length) =>
        new(GC.AllocateArray<float>(WithSlack(length), pinned: true), length);

    public static AlignedBuffer Uninitialized(int length) =>
        new(GC.AllocateUninitializedArray<float>(WithSlack(length), pinned: true), length);

    /// <summary>The next multiple of a cache line, so that parts laid one after the other stay aligned.</summary>
    public static int RoundUp(int length) => checked(length + AlignedFloats - 1) / AlignedFloats * AlignedFloats;

    private static int WithSlack(int length) => (int)Math.Min(length + (AlignedFloats - 1L), Array.MaxLength);
}
