using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tensors;

namespace FastConv.Benchmarks.Steps;

/// <summary>Max, average and global pooling.</summary>
internal static class PoolOps
{
    public static IEnumerable<OpCase> Create(OpSize size)
    {
        Pool2dShape halves = Shape(size, window: 2, stride: 2, padding: 0);
        Pool2dShape overlapping = Shape(size, window: 3, stride: 2, padding: 1);
        TensorShape means = [size.Batch, size.Channels, 1, 1];
        int planes = size.Batch * size.Channels;
        return
        [
            .. MaxPool("max-pool 2x2", halves, size),
            .. MaxPool("max-pool 3x3 s2 p1", overlapping, size),
            .. Pair(
                "avg-pool 2x2",
                "avg_pool",
                halves.OutputShape,
                Arguments(halves),
                argmax: 0,
                size,
                (x, y) => AvgPool2dPrimitives.Forward(halves, x, y),
                (g, dx) => AvgPool2dPrimitives.Backward(halves, g, dx)),
            .. Pair(
                "global avg-pool",
                "global_avg_pool",
                means,
                new { },
                argmax: 0,
                size,
                (x, y) => GlobalAvgPool2dPrimitives.Forward(planes, OpSize.Plane, x, y),
                (g, dx) => GlobalAvgPool2dPrimitives.Backward(planes, OpSize.Plane, g, dx)),
        ];
    }

    private delegate void Map(ReadOnlySpan<float> from, Span<float> to);

    private static OpCase[] MaxPool(string name, Pool2dShape shape, OpSize size)
    {
        byte[] argmax = [];
        OpCase[] cases = Pair(
            name,
            "max_pool",
            shape.OutputShape,
            Arguments(shape),
            shape.ArgmaxLength,
            size,
            (x, y) => MaxPool2dPrimitives.Forward(shape, x, y, argmax),
            (g, dx) => MaxPool2dPrimitives.Backward(shape, g, argmax, dx),
            x =>
            {
                argmax = new byte[shape.ArgmaxLength];
                MaxPool2dPrimitives.Forward(shape, x.Values, new Tensor(shape.OutputShape).Span, argmax);
            });
        return cases;
    }

    // Backward reads what forward left of the winners, and nothing else of the input.
    private static OpCase[] Pair(
        string name, string op, TensorShape output, object arguments, int argmax, OpSize size, Map forward, Map backward, Action<Tensor>? begin = null)
    {
        long bytes = OpSize.Bytes(size.Images, output) + argmax;
        return
        [
            new OpCase(name + size.Suffix, op, OpCase.Forward, size.Batch)
            {
                Inputs = [new(size.Images)],
                Result = output,
                Arguments = arguments,
                MovedBytes = bytes,
                Bind = buffers =>
                {
                    begin?.Invoke(buffers.X);
                    return () => forward(buffers.X.Values, buffers.Result.Span);
                },
            },
            new OpCase(name + size.Suffix, op, OpCase.Backward, size.Batch)
            {
                Inputs = [new(size.Images), new(output)],
                Result = size.Images,
                Arguments = arguments,
                MovedBytes = bytes,
                Bind = buffers =>
                {
                    begin?.Invoke(buffers.X);
                    return () => backward(buffers.GradOutput.Values, buffers.Result.Span);
                },
            },
        ];
    }

    private static Pool2dShape Shape(OpSize size, int window, int stride, int padding) =>
        Pool2dShape.Create(size.Batch, size.Channels, OpSize.Side, OpSize.Side, window, stride, padding);

    private static object Arguments(Pool2dShape shape) =>
        new { window = shape.Vertical.Window, stride = shape.Vertical.Stride, padding = shape.Vertical.PaddingBefore };
}
