using FastConv.Tensors;

namespace FastConv.Losses;

/// <summary>A loss that compares prediction and target element by element and takes the mean over all of them, in any shape.</summary>
public abstract class ElementLoss : Loss
{
    private readonly PerShape<Tensor> _labelTargets = new();
    private readonly bool _isBinary;
    private Tensor? _target;

    /// <param name="isBinary">Whether the label of a single column can only be 0 or 1.</param>
    private protected ElementLoss(bool isBinary) => _isBinary = isBinary;

    /// <inheritdoc/>
    protected sealed override float ForwardCore(Tensor prediction, Tensor target)
    {
        float loss = Mean(prediction.Span, target.Span);
        _target = target;
        return loss;
    }

    /// <inheritdoc/>
    protected sealed override float ForwardCore(Tensor prediction, ReadOnlySpan<int> labels)
    {
        int columns = prediction.Shape[1];
        RequireLabels(columns, labels);
        Tensor target = _labelTargets.GetOrMake(prediction.Shape);
        FillTarget(target.Span, columns, labels);
        float loss = Mean(prediction.Span, target.Span);
        _target = target;
        return loss;
    }

    /// <inheritdoc/>
    protected sealed override void BackwardCore(Tensor prediction, Tensor gradPrediction) =>
        Gradient(prediction.Span, _target!.Span, gradPrediction.Span);

    /// <summary>The target of the last forward, one-hot for labels.</summary>
    private protected ReadOnlySpan<float> Target => _target!.Values;

    private protected abstract float Mean(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target);

    private protected abstract void Gradient(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> gradPrediction);

    private void RequireLabels(int columns, ReadOnlySpan<int> labels)
    {
        int classes = columns > 1 ? columns : 2;
        for (int row = 0; row < labels.Length && (columns > 1 || _isBinary); row++)
        {
            if ((uint)labels[row] >= (uint)classes)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(labels), $"{GetType().Name}: labels expect classes from 0 to {classes - 1}, received {labels[row]} in row {row}.");
            }
        }
    }

    private static void FillTarget(Span<float> target, int columns, ReadOnlySpan<int> labels)
    {
        if (columns == 1)
        {
            for (int row = 0; row < labels.Length; row++)
            {
                target[row] = labels[row];
            }

            return;
        }

        target.Clear();
        for (int row = 0; row < labels.Length; row++)
        {
            target[row * columns + labels[row]] = 1;
        }
    }
}
