using FastConv.Data;
using FastConv.Layers;
using FastConv.Losses;
using FastConv.Tensors;
using FastConv.Training;

namespace FastConv.Cli.Review;

/// <summary>A dataset put through a model, sample by sample: the means, what was taken for what, and the samples it did worst on.</summary>
/// <param name="Result">Mean loss and accuracy.</param>
/// <param name="Confusion">How often a class (row) was taken for a class (column).</param>
/// <param name="Worst">The samples of the highest losses, the highest first.</param>
internal sealed record TestReview(EvaluationResult Result, int[][] Confusion, IReadOnlyList<ReviewedSample> Worst)
{
    private const int BatchSize = 256;
    private const int WorstCount = 24;

    /// <summary>Looks at every sample once, in the dataset's order.</summary>
    /// <param name="model">Used through <c>Predict</c>.</param>
    /// <param name="loss">What the model was trained with.</param>
    /// <param name="dataset">Of labels below <paramref name="classes"/>.</param>
    /// <param name="classes">Rows and columns of the confusion matrix.</param>
    /// <param name="cancellationToken">Looked at between batches.</param>
    /// <exception cref="NotFiniteNumberException">The mean loss is infinite or NaN.</exception>
    public static TestReview Run(Layer model, Loss loss, IDataset dataset, int classes, CancellationToken cancellationToken)
    {
        int[][] confusion = [.. Enumerable.Range(0, classes).Select(_ => new int[classes])];
        var worst = new PriorityQueue<ReviewedSample, (double Loss, int Order)>();
        double sum = 0;
        int correct = 0;
        int index = 0;
        foreach (Batch batch in new DataLoader(dataset, BatchSize).Epoch(0))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Tensor prediction = model.Predict(batch.Images);
            var row = new Tensor(1, prediction.Length / batch.Count);
            for (int n = 0; n < batch.Count; n++)
            {
                ReviewedSample sample = Look(loss, prediction, row, n, batch.Labels[n], index);
                sum += sample.Loss;
                correct += sample.Predicted == sample.Label ? 1 : 0;
                confusion[sample.Label][sample.Predicted]++;
                Keep(worst, sample);
                index++;
            }
        }

        double mean = sum / index;
        return double.IsFinite(mean)
            ? new TestReview(new EvaluationResult(mean, (double)correct / index, index), confusion, Sorted(worst))
            : throw new NotFiniteNumberException($"the loss of the test samples is {mean}; a smaller learning rate may help", mean);
    }

    private static ReviewedSample Look(Loss loss, Tensor prediction, Tensor row, int n, int label, int index)
    {
        prediction.Values.Slice(n * row.Length, row.Length).CopyTo(row.Span);
        double own = loss.Forward(row, [label]);
        float[] probabilities = ClassProbabilities.Of(loss, row.Values);

        // The class is that of Training.Accuracy: the first of the largest outputs, or 1 above the threshold.
        int predicted = row.Length == 1 ? (row.Values[0] > loss.DecisionThreshold ? 1 : 0) : System.Numerics.Tensors.TensorPrimitives.IndexOfMax(row.Values);
        return new ReviewedSample(index, label, predicted, probabilities[predicted], probabilities[label], own);
    }

    private static void Keep(PriorityQueue<ReviewedSample, (double Loss, int Order)> worst, ReviewedSample sample)
    {
        // Of equal losses the first sample stays.
        worst.Enqueue(sample, (sample.Loss, -sample.Index));
        if (worst.Count > WorstCount)
        {
            worst.Dequeue();
        }
    }

    private static ReviewedSample[] Sorted(PriorityQueue<ReviewedSample, (double Loss, int Order)> worst) =>
        [.. worst.UnorderedItems.Select(item => item.Element).OrderByDescending(sample => sample.Loss).ThenBy(sample => sample.Index)];
}
