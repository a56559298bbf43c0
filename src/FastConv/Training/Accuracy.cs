using FastConv.Tensors;

namespace FastConv.Training;

/// <summary>How often a prediction names the right class.</summary>
public static class Accuracy
{
    /// <summary>
    /// How many rows are right. With several columns the class is the one of the largest (the first of equals); with one column it is 1
    /// above the threshold and 0 elsewhere. NaN is never right.
    /// </summary>
    /// <param name="prediction">One row a label: [count, columns].</param>
    /// <param name="labels">The right classes.</param>
    /// <param name="threshold">For one column: 0.5 for probabilities, 0 for logits (a loss has it as <c>DecisionThreshold</c>).</param>
    /// <exception cref="ArgumentException">Not one row a label.</exception>
    public static int CountCorrect(Tensor prediction, ReadOnlySpan<int> labels, float threshold)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        if (prediction.Shape.Rank == 0 || prediction.Shape[0] != labels.Length)
        {
            throw new ArgumentException($"Accuracy: expected one row a label, received a prediction {prediction.Shape} and {labels.Length} labels.", nameof(labels));
        }

        int columns = prediction.Length / labels.Length;
        ReadOnlySpan<float> values = prediction.Span;
        int correct = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            int predicted = columns == 1 ? ClassOf(values[row], threshold) : ClassOf(values.Slice(row * columns, columns));
            correct += predicted == labels[row] ? 1 : 0;
        }

        return correct;
    }

    private static int ClassOf(float value, float threshold) => float.IsNaN(value) ? -1 : value > threshold ? 1 : 0;

    private static int ClassOf(ReadOnlySpan<float> scores)
    {
        int largest = 0;
        for (int column = 0; column < scores.Length; column++)
        {
            if (float.IsNaN(scores[column]))
            {
                return -1;
            }

            largest = scores[column] > scores[largest] ? column : largest;
        }

        return largest;
    }
}
