namespace FastConv.Memory;

/// <summary>
/// One rented buffer, handed out in aligned parts and returned as a whole. Ask <see cref="SizeOf"/> for every part first, rent the
/// sum, then take the parts.
/// </summary>
internal unsafe ref struct Workspace : IDisposable
{
    private AlignedBuffer? _buffer;
    private int _used;

    private Workspace(AlignedBuffer buffer) => _buffer = buffer;

    /// <summary>What a part of this many floats takes, its alignment included.</summary>
    public static int SizeOf(int length) => AlignedBuffer.RoundUp(length);

    public static Workspace Rent(int length) => new(BufferPool.Rent(length));

    /// <summary>The next part: 64-byte aligned, unknown contents, valid until this workspace is disposed.</summary>
    /// <exception cref="InvalidOperationException">More was asked for than was rented.</exception>
    public float* Take(int length)
    {
        int size = SizeOf(length);
        if (_buffer is null || size > _buffer.Length - _used)
        {
            throw new InvalidOperationException($"the workspace has {(_buffer?.Length ?? 0) - _used} floats left, {size} were asked for.");
        }

        float* part = _buffer.Pointer + _used;
        _used += size;
        return part;
    }

    public void Dispose()
    {
        if (_buffer is { } buffer)
        {
            _buffer = null;
            BufferPool.Return(buffer);
        }
    }
}
