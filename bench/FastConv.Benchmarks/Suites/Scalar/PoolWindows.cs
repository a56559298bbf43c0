using System.Text.Json;
using FastConv.Benchmarks.Steps;
using FastConv.Shapes;

namespace FastConv.Benchmarks.Suites.Scalar;

/// <summary>The sizes of a pooling with square windows.</summary>
internal readonly record struct PoolWindows(int Planes, int Height, int Width, int OutHeight, int OutWidth, int Window, int Stride, int Padding)
{
    /// <summary>As the peers are told them.</summary>
    public static PoolWindows Of(OpCase step, TensorShape images, TensorShape output)
    {
        JsonElement arguments = JsonSerializer.SerializeToElement(step.Arguments);
        return new PoolWindows(
            images[0] * images[1], images[2], images[3], output[2], output[3], Number("window"), Number("stride"), Number("padding"));

        int Number(string name) => arguments.GetProperty(name).GetInt32();
    }

    /// <summary>The rows or columns of the image under a window.</summary>
    public (int First, int End) Under(int output, int size) =>
        (Math.Max(0, output * Stride - Padding), Math.Min(size, output * Stride - Padding + Window));
}
