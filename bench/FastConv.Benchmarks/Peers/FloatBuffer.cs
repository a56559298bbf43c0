using System.Runtime.InteropServices;

namespace FastConv.Benchmarks.Peers;

/// <summary>Zeroed floats on a 64-byte boundary outside the garbage-collected heap: native code keeps their address between calls.</summary>
internal sealed unsafe class FloatBuffer : IDisposable
{
    private const nuint Alignment = 64;

    private float* _pointer;

    public FloatBuffer(int length)
    {
        Length = length;
        _pointer = (float*)NativeMemory.AlignedAlloc((nuint)length * sizeof(float), Alignment);
        Span.Clear();
    }

    public int Length { get; }

    public Span<float> Span => new(_pointer, Length);

    public float* Pointer => _pointer;

    public void Dispose()
    {
        NativeMemory.AlignedFree(_pointer);
        _pointer = null;
    }
}
