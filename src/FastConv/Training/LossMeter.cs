using System.Text.Json.Serialization;

namespace FastConv.Training;

/// <summary>Sums loss and accuracy over batches, each with the weight of its samples.</summary>
internal struct LossMeter
{
    /// <summary>The sum over the samples.</summary>
    public double Loss { get; set; }

    /// <summary>Samples whose class was right.</summary>
    public int Correct { get; set; }

    /// <summary>Samples counted.</summary>
    public int Count { get; set; }

    /// <summary>NaN where nothing was counted.</summary>
    [JsonIgnore]
    public readonly EvaluationResult Result => new(Loss / Count, (double)Correct / Count, Count);

    /// <summary>Counts a batch by its mean loss, its right answers and its samples.</summary>
    public void Add(float loss, int correct, int count)
    {
        Loss += (double)loss * count;
        Correct += correct;
        Count += count;
    }
}
