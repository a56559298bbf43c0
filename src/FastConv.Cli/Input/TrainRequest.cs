using System.Text.Json.Serialization;
using FastConv.Cli.Models;
using FastConv.Primitives;

namespace FastConv.Cli.Input;

/// <summary>What <c>fastconv train</c> was asked for; what was not given comes from the model's recipe.</summary>
internal sealed record TrainRequest
{
    public required ModelRecipe Model { get; init; }

    public required DataSource Source { get; init; }

    public required int Epochs { get; init; }

    public required int BatchSize { get; init; }

    public required double LearningRate { get; init; }

    public required string Optimizer { get; init; }

    public ScheduleName Schedule { get; init; }

    public Augmentation Augmentation { get; init; }

    /// <summary>Null: the optimiser's own.</summary>
    public double? WeightDecay { get; init; }

    /// <summary>The longest that all gradients together may be; null: as long as they like.</summary>
    public double? ClipNorm { get; init; }

    /// <summary>The weight of the past in averaged weights; null: no average.</summary>
    public double? AverageDecay { get; init; }

    /// <summary>Epochs without improvement after which training ends; null: it goes on.</summary>
    public int? Patience { get; init; }

    /// <summary>Whether the weights of the best epoch are kept instead of the last.</summary>
    public bool KeepBest { get; init; }

    /// <summary>Threads that read ahead; null: one where samples take work to read.</summary>
    public int? Workers { get; init; }

    /// <summary>Whether a photo that cannot be read ends the command, instead of being left out.</summary>
    public bool StrictImages { get; init; }

    /// <summary>Batches from one checkpoint to the next, besides those after epochs.</summary>
    public int? CheckpointEverySteps { get; init; }

    public required long Seed { get; init; }

    public required int Threads { get; init; }

    public ConvolutionPrecision Precision { get; init; }

    /// <summary>The most training samples, those for validation included; null: all there are.</summary>
    public int? Samples { get; init; }

    /// <summary>The most test samples; null: all there are.</summary>
    public int? TestSamples { get; init; }

    /// <summary>Training samples held out for validation; null: a tenth.</summary>
    public int? ValidationSamples { get; init; }

    /// <summary>Batches after which training ends; null: when the epochs are over.</summary>
    public int? Steps { get; init; }

    /// <summary>Batches from one measurement on the validation samples to the next, besides the one after every epoch.</summary>
    public int? EvaluateEverySteps { get; init; }

    /// <summary>What the classes are called, from the first on; null: what the data calls them.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>The folder that the run leaves behind; null: <c>runs/</c> and the time.</summary>
    [JsonIgnore]
    public string? OutputPath { get; init; }

    /// <summary>The folder, or a file in it, of the run that is continued; null: a run begins.</summary>
    [JsonIgnore]
    public string? ResumePath { get; init; }

    /// <summary>Where the figure of the training curves goes; null: nowhere.</summary>
    [JsonIgnore]
    public string? PlotPath { get; init; }

    /// <summary>Whether the output is one line of JSON.</summary>
    [JsonIgnore]
    public bool Json { get; init; }

    /// <summary>Whether progress is left out.</summary>
    [JsonIgnore]
    public bool Quiet { get; init; }
}
