namespace FastConv.Training;

/// <summary>Sums loss and accuracy over batches, each with the weight of its samples.</summary>
internal struct LossMeter
{
    private double _loss;
    private int _correct;

    /// <summary>Samples counted.</summary>
    public int Count { get; private set; }

    /// <summary>NaN where nothing was counted.</summary>
    public readonly EvaluationResult Result => new(_loss / Count, (double)_correct / Count, Count);

    /// <summary>Counts a batch by its mean loss, its right answers and its samples.</summary>
    public void Add(float loss, int correct, int count)
    {
        _loss += (double)loss * count;
        _correct += correct;
        Count += count;
    }
}
