using FastConv.Tensors;

namespace FastConv.Losses;

/// <summary>
/// A number that says how wrong predictions are, the mean over a batch, and its gradient. Forward remembers what backward needs:
/// prediction and target tensors are read again by <see cref="Backward"/> and must not be overwritten in between; labels are copied. A
/// refused forward forgets the one before it. Not thread-safe.
/// </summary>
public abstract class Loss
{
    private readonly PerShape<Tensor> _gradients = new();
    private Tensor? _prediction;

    /// <summary>
    /// Where a prediction of one column is as much class 0 as class 1; above it stands for class 1. 0.5 for predictions that are
    /// probabilities or approach 0 and 1, 0 for logits.
    /// </summary>
    public virtual float DecisionThreshold => 0.5f;

    /// <summary>The mean loss of the predictions.</summary>
    /// <param name="prediction">Any shape that the loss takes.</param>
    /// <param name="target">The same shape.</param>
    /// <exception cref="ArgumentException">The shapes differ, or shapes or values are not what the loss takes.</exception>
    public float Forward(Tensor prediction, Tensor target)
    {
        _prediction = null;
        ArgumentNullException.ThrowIfNull(prediction);
        ArgumentNullException.ThrowIfNull(target);
        if (prediction.Shape != target.Shape)
        {
            throw new ArgumentException($"{GetType().Name}: target expects the prediction's shape {prediction.Shape}, received {target.Shape}.", nameof(target));
        }

        float loss = ForwardCore(prediction, target);
        _prediction = prediction;
        return loss;
    }

    /// <summary>
    /// The mean loss of the predictions, one label a row: the class of the row, from 0. Where the loss compares element by element, a
    /// single column is compared with the label itself, several with the one-hot row that has a 1 at the label.
    /// </summary>
    /// <param name="prediction">[rows, columns].</param>
    /// <param name="labels">[rows].</param>
    /// <exception cref="ArgumentException">
    /// A prediction that is no matrix, not one label a row, a label out of range, or predictions that are not what the loss takes.
    /// </exception>
    public float Forward(Tensor prediction, ReadOnlySpan<int> labels)
    {
        _prediction = null;
        ArgumentNullException.ThrowIfNull(prediction);
        if (prediction.Shape.Rank != 2)
        {
            throw new ArgumentException($"{GetType().Name}: with labels prediction expects a shape [rows, columns], received {prediction.Shape}.", nameof(prediction));
        }

        if (labels.Length != prediction.Shape[0])
        {
            throw new ArgumentException($"{GetType().Name}: a prediction of {prediction.Shape} expects {prediction.Shape[0]} labels, received {labels.Length}.", nameof(labels));
        }

        float loss = ForwardCore(prediction, labels);
        _prediction = prediction;
        return loss;
    }

    /// <summary>The gradient of the last forward's mean with respect to its prediction.</summary>
    /// <returns>The prediction's shape. It belongs to the loss and is overwritten by the next call for the same shape.</returns>
    /// <exception cref="InvalidOperationException">There was no forward yet, or the last one was refused.</exception>
    public Tensor Backward()
    {
        Tensor prediction = Predicted;
        Tensor gradient = GradientFor(prediction);
        BackwardCore(prediction, gradient);
        return gradient;
    }

    /// <summary>The prediction of the last forward.</summary>
    /// <exception cref="InvalidOperationException">There was no forward yet, or the last one was refused.</exception>
    private protected Tensor Predicted =>
        _prediction ?? throw new InvalidOperationException($"{GetType().Name}: Backward expects a Forward before it, one that was not refused.");

    /// <summary>The tensor for the gradient of a prediction.</summary>
    private protected Tensor GradientFor(Tensor prediction) => _gradients.GetOrMake(prediction.Shape);

    /// <summary>Checks, computes the loss and remembers the target. The shapes are the same.</summary>
    protected abstract float ForwardCore(Tensor prediction, Tensor target);

    /// <summary>Checks, computes the loss and remembers the labels. The prediction has one row a label.</summary>
    protected abstract float ForwardCore(Tensor prediction, ReadOnlySpan<int> labels);

    /// <summary>Overwrites the gradient.</summary>
    /// <param name="prediction">What the last forward was given.</param>
    /// <param name="gradPrediction">The same shape.</param>
    protected abstract void BackwardCore(Tensor prediction, Tensor gradPrediction);
}
