using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tensors;

namespace FastConv.Benchmarks.Steps;

/// <summary>Activations, softmax over rows, dropout, sums and joins: a row of this list is a pair of primitives.</summary>
internal static class ElementwiseOps
{
    private const float Slope = 0.01f;
    private const float Dropped = 0.5f;

    private delegate void Map(ReadOnlySpan<float> x, Span<float> y);

    // Of what forward keeps, its input or its output, and the gradient of the output.
    private delegate void Gradient(ReadOnlySpan<float> kept, ReadOnlySpan<float> gradOutput, Span<float> gradInput);

    private enum Kept
    {
        Nothing,
        Input,
        Output,
    }

    public static IEnumerable<OpCase> Create(OpSize size)
    {
        TensorShape images = size.Images;
        TensorShape matrix = size.Matrix;
        var kept = new byte[images.Length];
        DropoutPrimitives.Forward(new float[images.Length], Dropped, seed: 1, step: 1, new float[images.Length], kept);
        return
        [
            .. Pair("ReLU", "relu", images, Kept.Output, ReLUPrimitives.Forward, ReLUPrimitives.Backward),
            .. Pair(
                "LeakyReLU",
                "leaky_relu",
                images,
                Kept.Input,
                (x, y) => LeakyReLUPrimitives.Forward(x, Slope, y),
                (x, g, dx) => LeakyReLUPrimitives.Backward(x, g, Slope, dx)),
            .. Pair("sigmoid", "sigmoid", images, Kept.Output, SigmoidPrimitives.Forward, SigmoidPrimitives.Backward),
            .. Pair("tanh", "tanh", images, Kept.Output, TanhPrimitives.Forward, TanhPrimitives.Backward),
            .. Pair("GELU", "gelu", images, Kept.Input, (x, y) => GELUPrimitives.Forward(x, y), (x, g, dx) => GELUPrimitives.Backward(x, g, dx)),
            .. Pair("SiLU", "silu", images, Kept.Input, SiLUPrimitives.Forward, SiLUPrimitives.Backward),
            .. Pair("hard-swish", "hard_swish", images, Kept.Input, HardSwishPrimitives.Forward, HardSwishPrimitives.Backward),
            .. Pair(
                "softmax",
                "softmax",
                matrix,
                Kept.Output,
                (x, y) => SoftmaxPrimitives.Forward(size.Rows, OpSize.Classes, x, y),
                (y, g, dx) => SoftmaxPrimitives.Backward(size.Rows, OpSize.Classes, y, g, dx)),
            .. Pair(
                "log-softmax",
                "log_softmax",
                matrix,
                Kept.Output,
                (x, y) => LogSoftmaxPrimitives.Forward(size.Rows, OpSize.Classes, x, y),
                (y, g, dx) => LogSoftmaxPrimitives.Backward(size.Rows, OpSize.Classes, y, g, dx)),
            .. Pair(
                "dropout 0.5",
                "dropout",
                images,
                Kept.Nothing,
                (x, y) => DropoutPrimitives.Forward(x, Dropped, seed: 1, step: 1, y, kept),
                (_, g, dx) => DropoutPrimitives.Backward(g, kept, Dropped, dx)),
            new OpCase("residual add" + size.Suffix, "add", OpCase.Forward, size.Batch)
            {
                Inputs = [new(images), new(images)],
                Result = images,
                MovedBytes = OpSize.Bytes(images, images, images),
                Bind = buffers => () => AddPrimitives.Add(buffers.X.Values, buffers.Inputs[1].Values, buffers.Result.Span),
            },
            .. Concat(size),
        ];

        OpCase[] Pair(string name, string op, TensorShape shape, Kept kept, Map forward, Gradient backward) =>
        [
            new(name + size.Suffix, op, OpCase.Forward, shape[0])
            {
                Inputs = [new(shape)],
                Result = shape,
                IsRandom = kept == Kept.Nothing,
                MovedBytes = OpSize.Bytes(shape, shape),
                Bind = buffers => () => forward(buffers.X.Values, buffers.Result.Span),
            },
            new(name + size.Suffix, op, OpCase.Backward, shape[0])
            {
                Inputs = [new(shape), new(shape)],
                Result = shape,
                IsRandom = kept == Kept.Nothing,
                MovedBytes = kept == Kept.Nothing ? OpSize.Bytes(shape, shape) : OpSize.Bytes(shape, shape, shape),
                Bind = buffers =>
                {
                    Tensor remembered = buffers.X;
                    if (kept == Kept.Output)
                    {
                        remembered = new Tensor(shape);
                        forward(buffers.X.Values, remembered.Span);
                    }

                    return () => backward(remembered.Values, buffers.GradOutput.Values, buffers.Result.Span);
                },
            },
        ];
    }

    // Two tensors side by side along the channels; backward takes them apart again.
    private static OpCase[] Concat(OpSize size)
    {
        TensorShape whole = [size.Batch, 2 * size.Channels, OpSize.Side, OpSize.Side];
        int part = size.Channels * OpSize.Plane;
        long bytes = OpSize.Bytes(whole, whole);
        return
        [
            new("concat" + size.Suffix, "concat", OpCase.Forward, size.Batch)
            {
                Inputs = [new(size.Images), new(size.Images)],
                Result = whole,
                MovedBytes = bytes,
                Bind = buffers => () =>
                {
                    ConcatPrimitives.CopyIn(size.Batch, buffers.X.Values, part, buffers.Result.Span, 2 * part, 0);
                    ConcatPrimitives.CopyIn(size.Batch, buffers.Inputs[1].Values, part, buffers.Result.Span, 2 * part, part);
                },
            },
            new("concat" + size.Suffix, "concat", OpCase.Backward, size.Batch)
            {
                Inputs = [new(whole)],
                Result = whole,
                MovedBytes = bytes,
                Bind = buffers => () =>
                {
                    int length = size.Batch * part;
                    ConcatPrimitives.CopyOut(size.Batch, buffers.GradOutput.Values, 2 * part, 0, buffers.Result.Span[..length], part);
                    ConcatPrimitives.CopyOut(size.Batch, buffers.GradOutput.Values, 2 * part, part, buffers.Result.Span[length..], part);
                },
            },
        ];
    }
}
