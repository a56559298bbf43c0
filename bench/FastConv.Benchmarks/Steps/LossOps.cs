using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tensors;

namespace FastConv.Benchmarks.Steps;

/// <summary>Losses over matrices of logits or numbers, and their gradients.</summary>
internal static class LossOps
{
    private static readonly TensorShape Number = [1];

    private delegate float Forward(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target);

    private delegate void Backward(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> gradPrediction);

    public static IEnumerable<OpCase> Create(OpSize size) =>
    [
        .. CrossEntropy(size),
        .. Pair("bce with logits", "bce_with_logits", classes: 2, size, BceWithLogitsPrimitives.Forward, BceWithLogitsPrimitives.Backward),
        .. Pair("mse", "mse", classes: 0, size, MsePrimitives.Forward, MsePrimitives.Backward),
    ];

    private static OpCase[] CrossEntropy(OpSize size)
    {
        OpInput[] inputs = [new(size.Matrix), new([size.Rows], OpSize.Classes)];
        return
        [
            new("cross-entropy" + size.Suffix, "cross_entropy", OpCase.Forward, size.Rows)
            {
                Inputs = inputs,
                Result = Number,

                // The probabilities are written for backward.
                MovedBytes = OpSize.Bytes(size.Matrix, size.Matrix),
                Bind = buffers =>
                {
                    int[] labels = buffers.Labels(1);
                    var probabilities = new Tensor(size.Matrix);
                    return () => buffers.Result.Span[0] =
                        CrossEntropyPrimitives.Forward(size.Rows, OpSize.Classes, buffers.X.Values, labels, probabilities.Span);
                },
            },
            new("cross-entropy" + size.Suffix, "cross_entropy", OpCase.Backward, size.Rows)
            {
                Inputs = inputs,
                Result = size.Matrix,
                MovedBytes = OpSize.Bytes(size.Matrix, size.Matrix),
                Bind = buffers =>
                {
                    int[] labels = buffers.Labels(1);
                    var probabilities = new Tensor(size.Matrix);
                    CrossEntropyPrimitives.Forward(size.Rows, OpSize.Classes, buffers.X.Values, labels, probabilities.Span);
                    return () => CrossEntropyPrimitives.Backward(size.Rows, OpSize.Classes, probabilities.Values, labels, buffers.Result.Span);
                },
            },
        ];
    }

    private static OpCase[] Pair(string name, string op, int classes, OpSize size, Forward forward, Backward backward)
    {
        OpInput[] inputs = [new(size.Matrix), new(size.Matrix, classes)];
        return
        [
            new(name + size.Suffix, op, OpCase.Forward, size.Rows)
            {
                Inputs = inputs,
                Result = Number,
                MovedBytes = OpSize.Bytes(size.Matrix, size.Matrix),
                Bind = buffers => () => buffers.Result.Span[0] = forward(buffers.X.Values, buffers.Inputs[1].Values),
            },
            new(name + size.Suffix, op, OpCase.Backward, size.Rows)
            {
                Inputs = inputs,
                Result = size.Matrix,
                MovedBytes = OpSize.Bytes(size.Matrix, size.Matrix, size.Matrix),
                Bind = buffers => () => backward(buffers.X.Values, buffers.Inputs[1].Values, buffers.Result.Span),
            },
        ];
    }
}
