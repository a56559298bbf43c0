using FastConv.Tensors;

namespace FastConv.Losses;

/// <summary>
/// A loss of [rows, classes] scores against a label a row, or against a weight for each class of each row (one-hot or soft targets).
/// </summary>
public abstract class ClassLoss : Loss
{
    private int[] _labels = [];
    private int _labelCount;
    private Tensor? _target;

    private protected ClassLoss()
    {
    }

    /// <inheritdoc/>
    protected sealed override float ForwardCore(Tensor prediction, Tensor target)
    {
        if (prediction.Shape.Rank != 2)
        {
            throw new ArgumentException($"{GetType().Name}: prediction expects a shape [rows, classes], received {prediction.Shape}.", nameof(prediction));
        }

        float loss = Mean(prediction, target.Span);
        _target = target;
        return loss;
    }

    /// <inheritdoc/>
    protected sealed override float ForwardCore(Tensor prediction, ReadOnlySpan<int> labels)
    {
        float loss = Mean(prediction, labels);
        if (_labels.Length < labels.Length)
        {
            _labels = new int[labels.Length];
        }

        labels.CopyTo(_labels);
        _labelCount = labels.Length;
        _target = null;
        return loss;
    }

    /// <inheritdoc/>
    protected sealed override void BackwardCore(Tensor prediction, Tensor gradPrediction)
    {
        if (_target is { } target)
        {
            Gradient(prediction, target.Span, gradPrediction.Span);
        }
        else
        {
            Gradient(prediction, _labels.AsSpan(0, _labelCount), gradPrediction.Span);
        }
    }

    private protected abstract float Mean(Tensor prediction, ReadOnlySpan<int> labels);

    private protected abstract float Mean(Tensor prediction, ReadOnlySpan<float> targets);

    private protected abstract void Gradient(Tensor prediction, ReadOnlySpan<int> labels, Span<float> gradPrediction);

    private protected abstract void Gradient(Tensor prediction, ReadOnlySpan<float> targets, Span<float> gradPrediction);
}
