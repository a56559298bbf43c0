using FastConv.Kernels.Losses;

namespace FastConv.Primitives;

/// <summary>
/// The mean cross-entropy of softmax(logits), rows of [rows, classes], without overflow for any finite logit. Targets are a label a
/// row, or a weight for each class of each row (one-hot or soft). Backward starts from the probabilities that forward leaves.
/// Source: https://pytorch.org/docs/stable/generated/torch.nn.CrossEntropyLoss.html
/// </summary>
public static unsafe class CrossEntropyPrimitives
{
    private const string ForwardOp = "CrossEntropy.Forward";
    private const string BackwardOp = "CrossEntropy.Backward";

    /// <summary>
    /// Returns the sum of the rows' losses over the sum of their labels' class weights (1 each without weights; ignored rows count for
    /// nothing). NaN when no row counts.
    /// </summary>
    /// <param name="rows">Samples.</param>
    /// <param name="classes">Scores for each.</param>
    /// <param name="logits">[rows, classes].</param>
    /// <param name="labels">[rows]: the class, or the ignored index.</param>
    /// <param name="probabilities">[rows, classes]: receives softmax(logits).</param>
    /// <param name="options">Smoothing, class weights, ignored index; null: PyTorch's defaults.</param>
    /// <exception cref="ArgumentException">A size below 1, a span of the wrong length, a label that is no class, or probabilities over the logits.</exception>
    public static float Forward(
        int rows, int classes, ReadOnlySpan<float> logits, ReadOnlySpan<int> labels, Span<float> probabilities, CrossEntropyOptions? options = null)
    {
        options ??= CrossEntropyOptions.Default;
        RequireForward(rows, classes, logits, probabilities);
        ReadOnlySpan<float> classWeights = options.ClassWeights.Span;
        double totalWeight = ClassTargets.RequireLabels(ForwardOp, rows, classes, labels, classWeights, options.IgnoreIndex);
        fixed (float* pointerLogits = logits, pointerProbabilities = probabilities, pointerWeights = classWeights)
        fixed (int* pointerLabels = labels)
        {
            LabelTarget target = Target(pointerLabels, pointerWeights, classes, options);
            return (float)(ClassLossMap.CrossEntropy(target, pointerLogits, pointerProbabilities, rows, classes) / totalWeight);
        }
    }

    /// <summary>The same for one-hot or soft targets: the sum over the number of rows. The ignored index plays no part.</summary>
    /// <param name="rows">Samples.</param>
    /// <param name="classes">Scores for each.</param>
    /// <param name="logits">[rows, classes].</param>
    /// <param name="targets">[rows, classes]: what the probabilities should be; a row's sum need not be 1.</param>
    /// <param name="probabilities">[rows, classes]: receives softmax(logits).</param>
    /// <param name="options">Smoothing and class weights; null: neither.</param>
    /// <exception cref="ArgumentException">A size below 1, a span of the wrong length, or probabilities over the logits or the targets.</exception>
    public static float Forward(
        int rows, int classes, ReadOnlySpan<float> logits, ReadOnlySpan<float> targets, Span<float> probabilities, CrossEntropyOptions? options = null)
    {
        options ??= CrossEntropyOptions.Default;
        RequireForward(rows, classes, logits, probabilities);
        ReadOnlySpan<float> classWeights = options.ClassWeights.Span;
        double totalWeight = ClassTargets.RequireTargets(ForwardOp, rows, classes, targets, classWeights);
        Require.NoOverlap(ForwardOp, nameof(targets), targets, nameof(probabilities), probabilities);
        fixed (float* pointerLogits = logits, pointerTargets = targets, pointerProbabilities = probabilities, pointerWeights = classWeights)
        {
            SoftTarget target = Target(pointerTargets, pointerWeights, classes, options);
            return (float)(ClassLossMap.CrossEntropy(target, pointerLogits, pointerProbabilities, rows, classes) / totalWeight);
        }
    }

    /// <summary>
    /// The gradient of the mean with respect to the logits: without options (probability - one-hot label) / rows. Zeros when no row counts.
    /// May overwrite the probabilities.
    /// </summary>
    /// <param name="rows">As forward had it.</param>
    /// <param name="classes">The same.</param>
    /// <param name="probabilities">What forward wrote.</param>
    /// <param name="labels">As forward had them.</param>
    /// <param name="gradLogits">[rows, classes].</param>
    /// <param name="options">As forward had them.</param>
    /// <exception cref="ArgumentException">A size below 1, a span of the wrong length, a label that is no class, or spans that overlap in part.</exception>
    public static void Backward(
        int rows, int classes, ReadOnlySpan<float> probabilities, ReadOnlySpan<int> labels, Span<float> gradLogits, CrossEntropyOptions? options = null)
    {
        options ??= CrossEntropyOptions.Default;
        RequireBackward(rows, classes, probabilities, gradLogits);
        ReadOnlySpan<float> classWeights = options.ClassWeights.Span;
        double totalWeight = ClassTargets.RequireLabels(BackwardOp, rows, classes, labels, classWeights, options.IgnoreIndex);
        fixed (float* pointerProbabilities = probabilities, pointerGradient = gradLogits, pointerWeights = classWeights)
        fixed (int* pointerLabels = labels)
        {
            LabelTarget target = Target(pointerLabels, pointerWeights, classes, options);
            ClassLossMap.CrossEntropyGradient(target, pointerProbabilities, pointerGradient, ClassTargets.Scale(totalWeight), rows, classes);
        }
    }

    /// <summary>The same for one-hot or soft targets. May overwrite the probabilities or the targets.</summary>
    /// <param name="rows">As forward had it.</param>
    /// <param name="classes">The same.</param>
    /// <param name="probabilities">What forward wrote.</param>
    /// <param name="targets">As forward had them.</param>
    /// <param name="gradLogits">[rows, classes].</param>
    /// <param name="options">As forward had them.</param>
    /// <exception cref="ArgumentException">A size below 1, a span of the wrong length, or spans that overlap in part.</exception>
    public static void Backward(
        int rows, int classes, ReadOnlySpan<float> probabilities, ReadOnlySpan<float> targets, Span<float> gradLogits, CrossEntropyOptions? options = null)
    {
        options ??= CrossEntropyOptions.Default;
        RequireBackward(rows, classes, probabilities, gradLogits);
        ReadOnlySpan<float> classWeights = options.ClassWeights.Span;
        double totalWeight = ClassTargets.RequireTargets(BackwardOp, rows, classes, targets, classWeights);
        Require.NoPartialOverlap(BackwardOp, nameof(targets), targets, nameof(gradLogits), gradLogits);
        fixed (float* pointerProbabilities = probabilities, pointerTargets = targets, pointerGradient = gradLogits, pointerWeights = classWeights)
        {
            SoftTarget target = Target(pointerTargets, pointerWeights, classes, options);
            ClassLossMap.CrossEntropyGradient(target, pointerProbabilities, pointerGradient, ClassTargets.Scale(totalWeight), rows, classes);
        }
    }

    private static void RequireForward(int rows, int classes, ReadOnlySpan<float> logits, ReadOnlySpan<float> probabilities)
    {
        int length = Require.Product(ForwardOp, nameof(rows), rows, nameof(classes), classes);
        Require.Length(ForwardOp, nameof(logits), length, logits.Length);
        Require.Length(ForwardOp, nameof(probabilities), length, probabilities.Length);
        Require.NoOverlap(ForwardOp, nameof(logits), logits, nameof(probabilities), probabilities);
    }

    private static void RequireBackward(int rows, int classes, ReadOnlySpan<float> probabilities, ReadOnlySpan<float> gradLogits)
    {
        int length = Require.Product(BackwardOp, nameof(rows), rows, nameof(classes), classes);
        Require.Length(BackwardOp, nameof(probabilities), length, probabilities.Length);
        Require.Length(BackwardOp, nameof(gradLogits), length, gradLogits.Length);
        Require.NoPartialOverlap(BackwardOp, nameof(probabilities), probabilities, nameof(gradLogits), gradLogits);
    }

    private static LabelTarget Target(int* labels, float* classWeights, int classes, CrossEntropyOptions options) =>
        new(labels, options.IgnoreIndex, classWeights, (float)(1 - options.LabelSmoothing), (float)(options.LabelSmoothing / classes));

    private static SoftTarget Target(float* targets, float* classWeights, int classes, CrossEntropyOptions options) =>
        new(targets, classes, classWeights, (float)(1 - options.LabelSmoothing), (float)(options.LabelSmoothing / classes));
}
