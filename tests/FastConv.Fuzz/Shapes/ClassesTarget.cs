using FastConv.Primitives;
using FastConv.Tests.Reference;

namespace FastConv.Fuzz.Shapes;

/// <summary>Softmax, its logarithm, and cross-entropy over any labels.</summary>
internal sealed class ClassesTarget() : ShapeTarget("classes")
{
    private const double Extreme = 1e4;

    private static readonly RowFunction[] Functions =
    [
        new("softmax", (n, k, x, y) => SoftmaxPrimitives.Forward(n, k, x, y), (n, k, y, g, d) => SoftmaxPrimitives.Backward(n, k, y, g, d), SoftmaxReference.Softmax, SoftmaxReference.SoftmaxBackward),
        new("log-softmax", (n, k, x, y) => LogSoftmaxPrimitives.Forward(n, k, x, y), (n, k, y, g, d) => LogSoftmaxPrimitives.Backward(n, k, y, g, d), SoftmaxReference.LogSoftmax, SoftmaxReference.LogSoftmaxBackward),
    ];

    protected override string Run(Random random)
    {
        (int rows, int classes) = (Size(random, 30), Size(random, random.Next(4) == 0 ? 1200 : 40));
        bool isRight = rows > 0 && classes > 0;
        float[] logits = Values(random, MatrixLength(random, rows, classes, ref isRight));
        if (random.Next(5) == 0)
        {
            logits = Array.ConvertAll(logits, value => (float)(Extreme * value));
        }

        float[] result = Unwritten(MatrixLength(random, rows, classes, ref isRight));
        if (random.Next(3) == 0)
        {
            return $"cross-entropy {CrossEntropy(random, rows, classes, logits, result, isRight)}";
        }

        RowFunction function = Functions[random.Next(Functions.Length)];
        return $"{function.Name} {Rows(function, random, rows, classes, logits, result, isRight)}";
    }

    private static bool Rows(RowFunction function, Random random, int rows, int classes, float[] x, float[] y, bool isRight)
    {
        if (!Ran(() => function.Forward(rows, classes, x, y), y, isRight))
        {
            return false;
        }

        string what = $"{function.Name} {rows} x {classes}";
        AssertClose(what, function.Value(classes, Doubles(x)), y);
        float[] gradOutput = Values(random, x.Length);
        float[] gradInput = Unwritten(x.Length);
        function.Backward(rows, classes, y, gradOutput, gradInput);
        AssertClose($"backward of {what}", function.Gradient(classes, Doubles(y), Doubles(gradOutput)), gradInput);
        return true;
    }

    private static string CrossEntropy(Random random, int rows, int classes, float[] logits, float[] probabilities, bool isRight)
    {
        int[] labels = new int[rows is < 0 or > 1 << 16 ? 3 : LengthFor(random, rows, ref isRight)];
        bool areLabels = classes > 0;
        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = random.Next(8) == 0 ? CrossEntropyOptions.DefaultIgnoreIndex : random.Next(Math.Max(1, classes));
            if (random.Next(400) == 0)
            {
                labels[i] = Size(random, 1 << 12) - 1;
                areLabels &= labels[i] == CrossEntropyOptions.DefaultIgnoreIndex || ((uint)labels[i] < (uint)classes);
            }
        }

        double smoothing = random.Next(2) == 0 ? 0 : random.NextDouble();
        float[] weights = random.Next(2) == 0 || classes is < 1 or > 1 << 16 ? [] : Array.ConvertAll(Values(random, classes), value => value + 1.1f);
        var options = new CrossEntropyOptions { LabelSmoothing = smoothing, ClassWeights = weights };
        float loss = 0;
        if (!Ran(() => loss = CrossEntropyPrimitives.Forward(rows, classes, logits, labels, probabilities, options), probabilities, isRight && areLabels))
        {
            return "refused";
        }

        if (Array.TrueForAll(labels, label => label == options.IgnoreIndex))
        {
            return float.IsNaN(loss) ? "no row counts" : throw new FuzzFinding($"a mean of no rows is {loss}");
        }

        string what = $"cross-entropy {rows} x {classes}";
        double[]? factors = weights.Length == 0 ? null : Doubles(weights);
        double[] logProbabilities = ClassLossReference.LogSoftmax(classes, Doubles(logits));
        double[] byLogarithm = ClassLossReference.LabelsBackward(classes, labels, smoothing, factors, options.IgnoreIndex);
        AssertClose(what, [ClassLossReference.Labels(classes, logProbabilities, labels, smoothing, factors, options.IgnoreIndex)], [loss]);
        float[] gradLogits = Unwritten(logits.Length);
        CrossEntropyPrimitives.Backward(rows, classes, probabilities, labels, gradLogits, options);
        AssertClose($"backward of {what}", ClassLossReference.LogSoftmaxBackward(classes, logProbabilities, byLogarithm), gradLogits);
        return $"right {smoothing > 0} {weights.Length > 0}";
    }

    private sealed record RowFunction(
        string Name,
        Action<int, int, float[], float[]> Forward,
        Action<int, int, float[], float[], float[]> Backward,
        Func<int, double[], double[]> Value,
        Func<int, double[], double[], double[]> Gradient);
}
