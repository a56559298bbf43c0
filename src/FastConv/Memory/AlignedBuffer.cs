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

    private readonly float[] _array;
    private readonly int _offset;

    private AlignedBuffer(float[] array, int length)
    {
        _array = array;
        nuint address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array));
        int offset = (int)((AlignmentBytes - address % AlignmentBytes) % AlignmentBytes / sizeof(float));

        // Only the very longest arrays have no slack left: those are better unaligned than too short.
        _offset = Math.Min(offset, array.Length - length);
        Length = length;
    }

    private AlignedBuffer(AlignedBuffer whole, int offset, int length)
    {
        _array = whole._array;
        _offset = whole._offset + offset;
        Length = length;
    }

    public int Length { get; }

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
        unchecked
        {
            Version++;
        }

        return Span;
    }

    public static AlignedBuffer Zeroed(int length) =>
        new(GC.AllocateArray<float>(WithSlack(length), pinned: true), length);

    public static AlignedBuffer Uninitialized(int length) =>
        new(GC.AllocateUninitializedArray<float>(WithSlack(length), pinned: true), length);

    /// <summary>A stretch of this buffer as a buffer; the memory is shared, the version is not.</summary>
    public AlignedBuffer Part(int offset, int length) => new(this, offset, length);

    /// <summary>The next multiple of a cache line, so that parts laid one after the other stay aligned.</summary>
    public static int RoundUp(int length) => checked(length + AlignedFloats - 1) / AlignedFloats * AlignedFloats;

    private static int WithSlack(int length) => (int)Math.Min(length + (AlignedFloats - 1L), Array.MaxLength);
}
