using System.Text.Json.Serialization;

namespace FastConv.Training;

/// <summary>What a run has counted and remembers besides tensors: everything that it needs to go on as if it had not been interrupted.</summary>
internal sealed class TrainingState
{
    /// <summary>Sums of the epoch under way.</summary>
    [JsonInclude]
    public LossMeter EpochMeter;

    /// <summary>Sums since the last point of the curve.</summary>
    [JsonInclude]
    public LossMeter CurveMeter;

    /// <summary>The epoch under way, from 1.</summary>
    public int Epoch { get; set; } = 1;

    /// <summary>Batches of it that have been learned from.</summary>
    public int EpochStep { get; set; }

    /// <summary>Batches altogether.</summary>
    public int Step { get; set; }

    /// <summary>The loss of the last batch.</summary>
    public float LastLoss { get; set; }

    /// <summary>Time spent learning in this epoch.</summary>
    public double EpochSeconds { get; set; }

    /// <summary>All time spent.</summary>
    public double Seconds { get; set; }

    /// <summary>The optimiser's rate, from which the schedule's follow.</summary>
    public double BaseLearningRate { get; set; }

    /// <summary>What the schedule has observed.</summary>
    public List<double> Schedule { get; set; } = [];

    /// <summary>The best of the monitored numbers; null before the first.</summary>
    public double? Best { get; set; }

    /// <summary>The epoch that had it.</summary>
    public int? BestEpoch { get; set; }

    /// <summary>Epochs since then.</summary>
    public int EpochsWithoutImprovement { get; set; }

    /// <summary>Steps of the optimiser that went into the averaged weights.</summary>
    public long AveragedSteps { get; set; }

    /// <summary>The loader's: the same batches must come again.</summary>
    public int BatchSize { get; set; }

    /// <summary>The loader's.</summary>
    public int BatchCount { get; set; }

    /// <summary>The data set's.</summary>
    public int SampleCount { get; set; }

    /// <summary>Epochs done.</summary>
    public List<EpochResult> Epochs { get; set; } = [];

    /// <summary>Measurements within epochs.</summary>
    public List<CurvePoint> Curve { get; set; } = [];
}
