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
