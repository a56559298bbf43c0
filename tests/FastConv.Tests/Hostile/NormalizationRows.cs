using FastConv.Primitives;
using FastConv.Shapes;
using static FastConv.Tests.Hostile.HostileRow;
using static FastConv.Tests.Hostile.HostileWeakness;

namespace FastConv.Tests.Hostile;

/// <summary>Batch normalisation and softmax over spans that do not fit, and over values that have no mean.</summary>
internal static class NormalizationRows
{
    private const string Train = "BatchNormPrimitives.ForwardTraining";
    private const string Infer = "BatchNormPrimitives.ForwardInference";
    private const string TrainBackward = "BatchNormPrimitives.BackwardTraining";
    private const string InferBackward = "BatchNormPrimitives.BackwardInference";
    private const string Fold = "BatchNormPrimitives.Fold";
    private const string Buffers = $"{ShortBuffer}: TensorFlow FusedBatchNorm (CVE-2021-29583, CVE-2021-41223)";
    private const string Divisors = $"{ZeroDivisor}: TensorFlow QuantizedBatchNormWithGlobalNormalization (CVE-2021-29548)";

    private static readonly BatchNormShape Shape = BatchNormShape.Create(2, 3, 4);

    public static HostileRow[] All =>
    [
        Missing(Train, "no shape", "shape", call => BatchNormPrimitives.ForwardTraining(null!, [], [], [], [], [], 0.1f, 1e-5f, call.Output(1), call.Output(1), call.Output(1))),
        Argument(Train, "one value a channel", "input expects more than 1 value per channel", call => BatchNormPrimitives.ForwardTraining(
            BatchNormShape.Create(1, 3, 1), new float[3], [], [], [], [], 0.1f, 1e-5f, call.Output(3), call.Output(3), call.Output(3)), Divisors),
        Argument(Train, "input one too short", "input expects 24 elements, received 23", call => Training(call, input: 23), Buffers),
        Argument(Train, "weight of other channels", "weight expects 3 elements or none, received 2", call => Training(call, weight: 2), Buffers),
        Argument(Train, "running mean without running variance", "runningVariance expects 3 elements, received 0", call => Training(call, runningVariance: 0), Buffers),
        Argument(Train, "output one too long", "output expects 24 elements, received 25", call => Training(call, output: 25), Buffers),
        Argument(Train, "empty saved mean", "savedMean expects 3 elements, received 0", call => Training(call, savedMean: 0), Buffers),
        Argument(Train, "saved statistics that share memory", "savedInverseStd expects memory of its own", call => SharedSaved(call.Output(3), call.Output(24)), Overlap),
        Argument(Train, "output in a part of the input's memory", "output expects the memory of input or memory of its own", call => SharedOutput(call.Output(25)), Overlap),
        Range(Train, "momentum NaN", "momentum expects a number from 0 to 1", call => Training(call, momentum: float.NaN), NotFinite),
        Range(Train, "epsilon -1", "epsilon expects a number from 0", call => Training(call, epsilon: -1), Divisors),
        Range(Train, "epsilon infinite", "epsilon expects a number from 0", call => Training(call, epsilon: float.PositiveInfinity), NotFinite),
        Range(Train, "an activation that there is not", "activation expects None or ReLU", call => Training(call, activation: (Activation)5), Enumeration),
        Defined(Train, "NaN in a channel", "that channel is NaN, the others are not", _ => AssertNaNStaysInItsChannel(), NotFinite),
        Argument(Infer, "running variance one too short", "runningVariance expects 3 elements, received 2", call => BatchNormPrimitives.ForwardInference(Shape, new float[24], [], [], new float[3], new float[2], 1e-5f, call.Output(24)), Buffers),
        Argument(Infer, "empty running mean", "runningMean expects 3 elements, received 0", call => BatchNormPrimitives.ForwardInference(Shape, new float[24], [], [], [], new float[3], 1e-5f, call.Output(24)), Buffers),
        Range(Infer, "an activation that there is not", "activation expects None or ReLU", call => BatchNormPrimitives.ForwardInference(Shape, new float[24], [], [], new float[3], new float[3], 1e-5f, call.Output(24), (Activation)(-1)), Enumeration),
        Defined(Infer, "variance 0 and epsilon 0", "infinite or NaN, and no exception", _ => AssertZeroVariance(), Divisors),
        Argument(TrainBackward, "gradient of another shape", "gradOutput expects 24 elements, received 3", call => BatchNormPrimitives.BackwardTraining(Shape, new float[24], new float[3], [], new float[3], new float[3], call.Output(24), call.Output(3), call.Output(3)), Buffers),
        Argument(TrainBackward, "saved mean of another shape", "savedMean expects 3 elements, received 24", call => BatchNormPrimitives.BackwardTraining(Shape, new float[24], new float[24], [], new float[24], new float[3], call.Output(24), call.Output(3), call.Output(3)), Buffers),
        Argument(TrainBackward, "gradients that share memory", "gradBias expects memory of its own", call => SharedGradients(call.Output(24), call.Output(3)), Overlap),
        Argument(TrainBackward, "ReLU without its output", "output expects 24 elements, received 0", call => BatchNormPrimitives.BackwardTraining(Shape, new float[24], [], new float[24], [], new float[3], new float[3], Activation.ReLU, call.Output(24), call.Output(3), call.Output(3)), Buffers),
        Argument(InferBackward, "running mean of another shape", "runningMean expects 3 elements, received 1", call => BatchNormPrimitives.BackwardInference(Shape, new float[24], new float[24], [], new float[1], new float[3], 1e-5f, call.Output(24), call.Output(3), call.Output(3)), Buffers),
        Range(InferBackward, "epsilon NaN", "epsilon expects a number from 0", call => BatchNormPrimitives.BackwardInference(Shape, new float[24], new float[24], [], new float[3], new float[3], float.NaN, call.Output(24), call.Output(3), call.Output(3)), NotFinite),
        Range(Fold, "channels 0", "channels expects at least 1", call => BatchNormPrimitives.Fold(0, [], [], [], [], [], [], 1e-5f, call.Output(1), call.Output(1)), Divisors),
        Argument(Fold, "a weight that channels do not divide", "weight expects 6 elements, received 7", call => BatchNormPrimitives.Fold(3, new float[7], [], [], [], new float[3], new float[3], 1e-5f, call.Output(7), call.Output(3)), Buffers),
        Argument(Fold, "folded bias one too short", "foldedBias expects 3 elements, received 2", call => BatchNormPrimitives.Fold(3, new float[6], [], [], [], new float[3], new float[3], 1e-5f, call.Output(6), call.Output(2)), Buffers),
        .. Softmax("SoftmaxPrimitives", SoftmaxPrimitives.Forward, SoftmaxPrimitives.Backward),
        .. Softmax("LogSoftmaxPrimitives", LogSoftmaxPrimitives.Forward, LogSoftmaxPrimitives.Backward),
    ];

    private delegate void Rows(int rows, int columns, ReadOnlySpan<float> x, Span<float> y);

    private delegate void RowsBackward(int rows, int columns, ReadOnlySpan<float> y, ReadOnlySpan<float> gradOutput, Span<float> gradInput);

    private static HostileRow[] Softmax(string type, Rows forward, RowsBackward backward) =>
    [
        Range($"{type}.Forward", "no rows", "rows expects at least 1", call => forward(0, 4, [], call.Output(4)), ZeroDivisor),
        Range($"{type}.Forward", "negative columns", "columns expects at least 1", call => forward(2, -4, [], call.Output(4)), Negative),
        Argument($"{type}.Forward", "2^32 elements, which are 0 in 32 bits", "rows x columns expects at most", call => forward(1 << 16, 1 << 16, [], call.Output(1)), Overflow),
        Argument($"{type}.Forward", "x one too short", "x expects 8 elements, received 7", call => forward(2, 4, new float[7], call.Output(8)), ShortBuffer),
        Argument($"{type}.Forward", "y in a part of x's memory", "y expects the memory of x or memory of its own", call => SharedRows(forward, call.Output(9)), Overlap),
        Defined($"{type}.Forward", "NaN, infinities and 10000 in rows", "NaN stays in its row, large numbers are finite", _ => AssertRowsAreApart(forward), NotFinite),
        Range($"{type}.Backward", "columns 0", "columns expects at least 1", call => backward(2, 0, [], [], call.Output(4)), ZeroDivisor),
        Argument($"{type}.Backward", "gradient one too short", "gradOutput expects 8 elements, received 7", call => backward(2, 4, new float[8], new float[7], call.Output(8)), ShortBuffer),
        Argument($"{type}.Backward", "gradInput one too long", "gradInput expects 8 elements, received 9", call => backward(2, 4, new float[8], new float[8], call.Output(9)), ShortBuffer),
    ];

    private static void Training(
        HostileCall call, int input = 24, int weight = 3, int runningVariance = 3, int output = 24, int savedMean = 3, float momentum = 0.1f, float epsilon = 1e-5f, Activation activation = Activation.None) =>
        BatchNormPrimitives.ForwardTraining(
            Shape, new float[input], new float[weight], new float[3], call.Output(3), call.Output(runningVariance), momentum, epsilon, call.Output(output), call.Output(savedMean), call.Output(3), activation);

    private static void SharedSaved(float[] saved, float[] output) =>
        BatchNormPrimitives.ForwardTraining(Shape, new float[24], [], [], [], [], 0.1f, 1e-5f, output, saved, saved);

    private static void SharedOutput(float[] memory) =>
        BatchNormPrimitives.ForwardTraining(Shape, memory.AsSpan(0, 24), [], [], [], [], 0.1f, 1e-5f, memory.AsSpan(1), new float[3], new float[3]);

    private static void SharedGradients(float[] gradInput, float[] gradients) =>
        BatchNormPrimitives.BackwardTraining(Shape, new float[24], new float[24], [], new float[3], new float[3], gradInput, gradients, gradients);

    private static void SharedRows(Rows forward, float[] memory) => forward(2, 4, memory.AsSpan(0, 8), memory.AsSpan(1));

    private static void AssertNaNStaysInItsChannel()
    {
        float[] input = [.. Enumerable.Range(0, 24).Select(value => (float)value)];
        input[5] = float.NaN;
        float[] output = new float[24];
        BatchNormPrimitives.ForwardTraining(Shape, input, [], [], [], [], 0.1f, 1e-5f, output, new float[3], new float[3]);
        Assert.All(output.Index(), value => Assert.Equal(value.Index / 4 % 3 == 1, float.IsNaN(value.Item)));
    }

    private static void AssertZeroVariance()
    {
        float[] output = new float[24];
        BatchNormPrimitives.ForwardInference(Shape, new float[24], [], [], new float[3], new float[3], 0, output);
        Assert.DoesNotContain(output, float.IsFinite);
    }

    private static void AssertRowsAreApart(Rows forward)
    {
        float[] y = new float[6];
        forward(3, 2, [float.NaN, 1, 10000, -10000, float.PositiveInfinity, 1], y);
        Assert.True(float.IsNaN(y[0]) && float.IsNaN(y[1]) && float.IsFinite(y[2]) && float.IsFinite(y[3]) && float.IsNaN(y[4]));
    }
}
