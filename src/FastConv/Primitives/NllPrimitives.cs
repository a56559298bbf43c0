using FastConv.Kernels.Losses;

namespace FastConv.Primitives;

/// <summary>
/// The mean negative log-likelihood of log-probabilities, rows of [rows, classes]: after LogSoftmax it is the cross-entropy.
/// Source: https://pytorch.org/docs/stable/generated/torch.nn.NLLLoss.html
/// </summary>
public static unsafe class NllPrimitives
{
    private const string ForwardOp = "Nll.Forward";
    private const string BackwardOp = "Nll.Backward";

    /// <summary>
    /// Returns the sum of -weight * log-probability at the labels over the sum of the weights; ignored rows count for nothing. NaN when no
    /// row counts.
    /// </summary>
    /// <param name="rows">Samples.</param>
    /// <param name="classes">Scores for each.</param>
    /// <param name="logProbabilities">[rows, classes].</param>
    /// <param name="labels">[rows]: the class, or the ignored index.</param>
    /// <param name="classWeights">[classes], each at least 0; empty: all 1.</param>
    /// <param name="ignoreIndex">The label whose rows count for nothing.</param>
    /// <exception cref="ArgumentException">A size below 1, a span of the wrong length, a label that is no class, or a weight below 0.</exception>
    public static float Forward(
        int rows,
        int classes,
        ReadOnlySpan<float> logProbabilities,
        ReadOnlySpan<int> labels,
        ReadOnlySpan<float> classWeights = default,
        int ignoreIndex = CrossEntropyOptions.DefaultIgnoreIndex)
    {
        Require.Length(ForwardOp, nameof(logProbabilities), LengthOf(ForwardOp, rows, classes), logProbabilities.Length);
        double totalWeight = ClassTargets.RequireLabels(ForwardOp, rows, classes, labels, classWeights, ignoreIndex);
        ClassTargets.RequireClassWeights(ForwardOp, classWeights);
        fixed (float* pointerScores = logProbabilities, pointerWeights = classWeights)
        fixed (int* pointerLabels = labels)
        {
            var target = new LabelTarget(pointerLabels, ignoreIndex, pointerWeights, ownShare: 1, sharedShare: 0);
            return (float)(ClassLossMap.Nll(target, pointerScores, rows, classes) / totalWeight);
        }
    }

    /// <summary>The same for one-hot or soft targets: the sum of -weight * target * log-probability over the number of rows.</summary>
    /// <exception cref="ArgumentException">A size below 1, a span of the wrong length, or a weight below 0.</exception>
    public static float Forward(
        int rows, int classes, ReadOnlySpan<float> logProbabilities, ReadOnlySpan<float> targets, ReadOnlySpan<float> classWeights = default)
    {
        Require.Length(ForwardOp, nameof(logProbabilities), LengthOf(ForwardOp, rows, classes), logProbabilities.Length);
        double totalWeight = ClassTargets.RequireTargets(ForwardOp, rows, classes, targets, classWeights);
        ClassTargets.RequireClassWeights(ForwardOp, classWeights);
        fixed (float* pointerScores = logProbabilities, pointerTargets = targets, pointerWeights = classWeights)
        {
            var target = new SoftTarget(pointerTargets, classes, pointerWeights, ownShare: 1, sharedShare: 0);
            return (float)(ClassLossMap.Nll(target, pointerScores, rows, classes) / totalWeight);
        }
    }

    /// <summary>
    /// The gradient of the mean: -weight / (sum of the weights) at the labels, 0 elsewhere, and everywhere when no row counts. It does not
    /// depend on the log-probabilities.
    /// </summary>
    /// <param name="rows">As forward had it.</param>
    /// <param name="classes">The same.</param>
    /// <param name="labels">As forward had them.</param>
    /// <param name="gradLogProbabilities">[rows, classes].</param>
    /// <param name="classWeights">As forward had them.</param>
    /// <param name="ignoreIndex">The same.</param>
    /// <exception cref="ArgumentException">A size below 1, a span of the wrong length, a label that is no class, or a weight below 0.</exception>
    public static void Backward(
        int rows,
        int classes,
        ReadOnlySpan<int> labels,
        Span<float> gradLogProbabilities,
        ReadOnlySpan<float> classWeights = default,
        int ignoreIndex = CrossEntropyOptions.DefaultIgnoreIndex)
    {
        Require.Length(BackwardOp, nameof(gradLogProbabilities), LengthOf(BackwardOp, rows, classes), gradLogProbabilities.Length);
        double totalWeight = ClassTargets.RequireLabels(BackwardOp, rows, classes, labels, classWeights, ignoreIndex);
        ClassTargets.RequireClassWeights(BackwardOp, classWeights);
        Require.NoOverlap(BackwardOp, nameof(classWeights), classWeights, nameof(gradLogProbabilities), gradLogProbabilities);
        fixed (float* pointerGradient = gradLogProbabilities, pointerWeights = classWeights)
        fixed (int* pointerLabels = labels)
        {
            var target = new LabelTarget(pointerLabels, ignoreIndex, pointerWeights, ownShare: 1, sharedShare: 0);
            NllKernel.Backward(target, pointerGradient, classes, ClassTargets.Scale(totalWeight), 0, rows);
        }
    }

    /// <summary>The same for one-hot or soft targets: -weight * target / rows. May overwrite the targets.</summary>
    /// <exception cref="ArgumentException">A size below 1, a span of the wrong length, a weight below 0, or spans that overlap in part.</exception>
    public static void Backward(
        int rows, int classes, ReadOnlySpan<float> targets, Span<float> gradLogProbabilities, ReadOnlySpan<float> classWeights = default)
    {
        Require.Length(BackwardOp, nameof(gradLogProbabilities), LengthOf(BackwardOp, rows, classes), gradLogProbabilities.Length);
        double totalWeight = ClassTargets.RequireTargets(BackwardOp, rows, classes, targets, classWeights);
        ClassTargets.RequireClassWeights(BackwardOp, classWeights);
        Require.NoOverlap(BackwardOp, nameof(classWeights), classWeights, nameof(gradLogProbabilities), gradLogProbabilities);
        Require.NoPartialOverlap(BackwardOp, nameof(targets), targets, nameof(gradLogProbabilities), gradLogProbabilities);
        fixed (float* pointerTargets = targets, pointerGradient = gradLogProbabilities, pointerWeights = classWeights)
        {
            var target = new SoftTarget(pointerTargets, classes, pointerWeights, ownShare: 1, sharedShare: 0);
            NllKernel.Backward(target, pointerGradient, classes, ClassTargets.Scale(totalWeight), 0, rows);
        }
    }

    private static int LengthOf(string op, int rows, int classes) => Require.Product(op, nameof(rows), rows, nameof(classes), classes);
}
