using System.Numerics.Tensors;

namespace FastConv.Data;

/// <summary>Images kept as bytes, four times smaller than floats.</summary>
public static class PixelBytes
{
    private const float White = 255f;

    /// <summary>0..255 becomes [0, 1], as torchvision's ToTensor does it: byte / 255.</summary>
    /// <param name="pixels">Bytes in any layout.</param>
    /// <param name="values">As many, or more: the rest is left as it is.</param>
    /// <exception cref="ArgumentException">Fewer values than pixels.</exception>
    public static void ToUnitInterval(ReadOnlySpan<byte> pixels, Span<float> values)
    {
        TensorPrimitives.ConvertTruncating(pixels, values);
        TensorPrimitives.Divide(values[..pixels.Length], White, values);
    }

    /// <summary>The nearest byte of a value in [0, 1]; values outside are clamped.</summary>
    public static byte FromUnitInterval(float value) => (byte)(Math.Clamp(value, 0f, 1f) * White + 0.5f);
}
