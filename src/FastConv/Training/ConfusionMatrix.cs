namespace FastConv.Training;

/// <summary>How often samples of each class were taken for each class.</summary>
public sealed class ConfusionMatrix
{
    private readonly long[] _counts;

    /// <summary>More classes are refused: memory grows with their square, to 2 GB here.</summary>
    public const int MostClasses = 1 << 14;

    /// <summary>Nothing counted yet.</summary>
    /// <param name="classCount">From 1 to <see cref="MostClasses"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less or more.</exception>
    public ConfusionMatrix(int classCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(classCount, MostClasses);
        ClassCount = classCount;
        _counts = new long[classCount * classCount];
    }

    /// <summary>Classes are 0 to below this.</summary>
    public int ClassCount { get; }

    /// <summary>Samples counted, undecided ones included.</summary>
    public long Count { get; private set; }

    /// <summary>Samples for which no class of these was predicted.</summary>
    public long Undecided { get; private set; }

    /// <summary>The share of samples that were taken for what they are; NaN where nothing was counted.</summary>
    public double Accuracy
    {
        get
        {
            long correct = 0;
            for (int index = 0; index < ClassCount; index++)
            {
                correct += this[index, index];
            }

            return (double)correct / Count;
        }
    }

    /// <summary>Samples of one class that were taken for another, or for their own.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No class.</exception>
    public long this[int actual, int predicted] => _counts[Place(actual, predicted)];

    /// <summary>Counts a sample.</summary>
    /// <param name="actual">Its class.</param>
    /// <param name="predicted">What it was taken for; what is no class counts as undecided.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="actual"/> is no class.</exception>
    public void Add(int actual, int predicted)
    {
        if ((uint)predicted < (uint)ClassCount)
        {
            _counts[Place(actual, predicted)]++;
        }
        else
        {
            Place(actual, 0);
            Undecided++;
        }

        Count++;
    }

    /// <summary>Of the samples of a class, the share that was taken for it; undecided ones are not among them. NaN where there are none.</summary>
    public double Recall(int actual) => (double)this[actual, actual] / Sum(actual, isRow: true);

    /// <summary>Of the samples that were taken for a class, the share that is of it; NaN where there are none.</summary>
    public double Precision(int predicted) => (double)this[predicted, predicted] / Sum(predicted, isRow: false);

    private long Sum(int index, bool isRow)
    {
        long sum = 0;
        for (int other = 0; other < ClassCount; other++)
        {
            sum += isRow ? this[index, other] : this[other, index];
        }

        return sum;
    }

    private int Place(int actual, int predicted)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(actual);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(actual, ClassCount);
        ArgumentOutOfRangeException.ThrowIfNegative(predicted);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(predicted, ClassCount);
        return actual * ClassCount + predicted;
    }
}
