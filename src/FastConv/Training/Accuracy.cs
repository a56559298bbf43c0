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
        int columns = Columns(prediction, labels.Length);
        int correct = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            correct += ClassOf(Row(prediction, row, columns), threshold) == labels[row] ? 1 : 0;
        }

        return correct;
    }

    /// <summary>How many rows have the right class among those of the largest values. Of equal ones the first comes first; a row with NaN is never right.</summary>
    /// <param name="prediction">One row a label: [count, columns], several columns.</param>
    /// <param name="labels">The right classes.</param>
    /// <param name="top">How many count; 1 gives what <see cref="CountCorrect"/> gives.</param>
    /// <exception cref="ArgumentException">Not one row a label, or fewer than one place.</exception>
    public static int CountTop(Tensor prediction, ReadOnlySpan<int> labels, int top)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        int columns = Columns(prediction, labels.Length);
        int correct = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            correct += PlaceOf(Row(prediction, row, columns), labels[row]) < top ? 1 : 0;
        }

        return correct;
    }

    /// <summary>The class of each row; -1 where it has NaN.</summary>
    /// <param name="prediction">One row a class: [count, columns].</param>
    /// <param name="threshold">For one column, as in <see cref="CountCorrect"/>.</param>
    /// <param name="classes">Overwritten.</param>
    /// <exception cref="ArgumentException">Not one row a class.</exception>
    public static void Classes(Tensor prediction, float threshold, Span<int> classes)
    {
        int columns = Columns(prediction, classes.Length);
        for (int row = 0; row < classes.Length; row++)
        {
            classes[row] = ClassOf(Row(prediction, row, columns), threshold);
        }
    }

    private static int Columns(Tensor prediction, int rows)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        return prediction.Shape.Rank > 0 && prediction.Shape[0] == rows
            ? prediction.Length / rows
            : throw new ArgumentException($"Accuracy: expected one row a label, received a prediction {prediction.Shape} and {rows} labels.", nameof(prediction));
    }

    private static ReadOnlySpan<float> Row(Tensor prediction, int row, int columns) => prediction.Values.Slice(row * columns, columns);

    private static int ClassOf(ReadOnlySpan<float> scores, float threshold)
    {
        if (scores.Length == 1)
        {
            return float.IsNaN(scores[0]) ? -1 : scores[0] > threshold ? 1 : 0;
        }

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

    // How many come before the label's score.
    private static int PlaceOf(ReadOnlySpan<float> scores, int label)
    {
        if ((uint)label >= (uint)scores.Length)
        {
            return int.MaxValue;
        }

        int before = 0;
        for (int column = 0; column < scores.Length; column++)
        {
            if (float.IsNaN(scores[column]))
            {
                return int.MaxValue;
            }

            before += scores[column] > scores[label] || (scores[column] == scores[label] && column < label) ? 1 : 0;
        }

        return before;
    }
}
