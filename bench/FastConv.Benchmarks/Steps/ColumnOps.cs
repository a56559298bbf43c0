using FastConv.Benchmarks.Peers;
using FastConv.Primitives;
using FastConv.Shapes;

namespace FastConv.Benchmarks.Steps;

/// <summary>Windows as columns and back, over ResNet-50's layers whose windows are larger than a pixel.</summary>
internal static class ColumnOps
{
    public const int DefaultBatch = 8;

    private const string Set = "resnet50_v1_5";

    /// <exception cref="InvalidDataException">The shape file is not one.</exception>
    public static IEnumerable<OpCase> Create(int? batch)
    {
        foreach (NamedShape layer in ShapeFile.Read(ShapeFile.DefaultPath))
        {
            if (layer.Set == Set && layer.Shape.Vertical.Window > 1)
            {
                Conv2dShape shape = layer.Shape.WithBatch(batch ?? DefaultBatch);
                TensorShape columns = [shape.Batch, shape.InChannels * shape.Vertical.Window * shape.Horizontal.Window, shape.OutputPlane];
                yield return Case("im2col", "unfold", OpCase.Forward, shape.InputShape, columns, Im2ColPrimitives.Im2Col);
                yield return Case("col2im", "fold", OpCase.Backward, columns, shape.InputShape, Im2ColPrimitives.Col2Im);

                OpCase Case(string name, string op, string pass, TensorShape from, TensorShape to, Map map) =>
                    new($"{name} {layer.Name}", op, pass, shape.Batch)
                    {
                        Inputs = [new(from)],
                        Result = to,
                        Arguments = Arguments(shape),
                        MovedBytes = OpSize.Bytes(from, to),
                        Bind = buffers => () => map(shape, buffers.X.Values, buffers.Result.Span),
                    };
            }
        }
    }

    private delegate void Map(Conv2dShape shape, ReadOnlySpan<float> from, Span<float> to);

    private static object Arguments(Conv2dShape shape) => new
    {
        size = new[] { shape.Vertical.Input, shape.Horizontal.Input },
        window = new[] { shape.Vertical.Window, shape.Horizontal.Window },
        stride = new[] { shape.Vertical.Stride, shape.Horizontal.Stride },
        padding = new[] { shape.Vertical.PaddingBefore, shape.Horizontal.PaddingBefore },
    };
}
