using FastConv.Data;
using FastConv.Layers;
using FastConv.Losses;
using FastConv.Tensors;

namespace FastConv.Training;

/// <summary>Measures a model on a dataset.</summary>
public static class Evaluation
{
    /// <summary>Loss and accuracy over a whole dataset, in its own order.</summary>
    /// <param name="model">Run in evaluation mode through <c>Predict</c>, so neither its mode nor anything else in it changes.</param>
    /// <param name="loss">Its <c>Backward</c> belongs to this call's last batch afterwards. With class weights, the mean over batches weighted by their samples.</param>
    /// <param name="dataset">What to measure on.</param>
    /// <param name="batchSize">Samples a batch; more is faster and takes more memory.</param>
    /// <param name="cancellationToken">Looked at between batches.</param>
    /// <exception cref="ArgumentException">The dataset is empty, or the model does not take its samples.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static EvaluationResult Run(Layer model, Loss loss, IDataset dataset, int batchSize = 256, CancellationToken cancellationToken = default) =>
        Run(model, loss, new DataLoader(dataset, batchSize), cancellationToken);

    /// <summary>Loss and accuracy over the batches of a loader's first epoch. Keep the loader to measure again without new memory for batches.</summary>
    /// <param name="model">As above.</param>
    /// <param name="loss">As above.</param>
    /// <param name="loader">Where batches come from.</param>
    /// <param name="cancellationToken">Looked at between batches.</param>
    /// <exception cref="ArgumentException">The model does not take the samples.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static EvaluationResult Run(Layer model, Loss loss, DataLoader loader, CancellationToken cancellationToken = default) =>
        Run(model, loss, loader, also: null, cancellationToken);

    /// <summary>Loss, accuracy, top-k accuracy and confusion matrix over a whole dataset.</summary>
    /// <param name="model">As above.</param>
    /// <param name="loss">As above.</param>
    /// <param name="dataset">What to measure on.</param>
    /// <param name="top">How many of the largest predictions may hold the right class; in one column both classes are.</param>
    /// <param name="batchSize">Samples a batch.</param>
    /// <param name="cancellationToken">Looked at between batches.</param>
    /// <exception cref="ArgumentException">The dataset is empty, or the model does not take its samples, or <paramref name="top"/> is below 1.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static EvaluationReport Report(
        Layer model, Loss loss, IDataset dataset, int top = 5, int batchSize = 256, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        var loader = new DataLoader(dataset, batchSize);
        var confusion = new ConfusionMatrix(dataset.ClassCount);
        int places = Math.Min(top, dataset.ClassCount);
        int[] classes = new int[loader.BatchSize];
        int among = 0;
        EvaluationResult result = Run(model, loss, loader, Count, cancellationToken);
        return new EvaluationReport(result, places, (double)among / result.Count, confusion);

        void Count(Batch batch, Tensor prediction)
        {
            Span<int> predicted = classes.AsSpan(0, batch.Count);
            Accuracy.Classes(prediction, loss.DecisionThreshold, predicted);
            for (int row = 0; row < predicted.Length; row++)
            {
                confusion.Add(batch.Labels[row], predicted[row]);
            }

            among += prediction.Length > batch.Count ? Accuracy.CountTop(prediction, batch.Labels, places)
                : places == 1 ? Accuracy.CountCorrect(prediction, batch.Labels, loss.DecisionThreshold)
                : predicted.Length - predicted.Count(-1);
        }
    }

    private static EvaluationResult Run(Layer model, Loss loss, DataLoader loader, Action<Batch, Tensor>? also, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(loader);
        var meter = new LossMeter();
        foreach (Batch batch in loader.Epoch(0))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Tensor prediction = model.Predict(batch.Images);
            meter.Add(loss.Forward(prediction, batch.Labels), Accuracy.CountCorrect(prediction, batch.Labels, loss.DecisionThreshold), batch.Count);
            also?.Invoke(batch, prediction);
        }

        return meter.Result;
    }
}
