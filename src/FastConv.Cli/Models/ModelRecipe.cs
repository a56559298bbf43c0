using System.Text.Json.Serialization;
using FastConv.Data;
using FastConv.Layers;
using FastConv.Losses;
using FastConv.Shapes;

namespace FastConv.Cli.Models;

/// <summary>A network that the command knows by name, and how it is trained unless the options say otherwise.</summary>
[JsonConverter(typeof(ModelNameConverter))]
internal sealed record ModelRecipe
{
    /// <summary>The seed that is used where none is given.</summary>
    public const long DefaultSeed = 1;

    /// <summary>What <c>--model</c> is given.</summary>
    public required string Name { get; init; }

    /// <summary>Another name that <c>--model</c> takes.</summary>
    public string? Alias { get; init; }

    /// <summary>One line, for <c>summary</c>.</summary>
    public required string Description { get; init; }

    /// <summary>The network with starting values that follow from a seed.</summary>
    public required Func<long, Sequential> Build { get; init; }

    /// <summary>What the network is trained for; fits its last layer.</summary>
    public required Func<Loss> CreateLoss { get; init; }

    /// <summary>One of <see cref="Optimizers.Optimizer.Names"/>.</summary>
    public required string Optimizer { get; init; }

    /// <summary>At the start.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Of the optimizer; null stands for its own.</summary>
    public double? WeightDecay { get; init; }

    /// <summary>How the learning rate goes on from there.</summary>
    public ScheduleName Schedule { get; init; }

    /// <summary>What is done to training samples at random where data is given; digits that are drawn differ enough.</summary>
    public Augmentation Augmentation { get; init; }

    public required int BatchSize { get; init; }

    public required int Epochs { get; init; }

    /// <summary>Epochs where no data is given: digits that are drawn are learned sooner than photographs. Null: as many.</summary>
    public int? DrawnEpochs { get; init; }

    /// <summary>Steps from one measurement on the validation samples to the next; where there are none, they are measured after every epoch only.</summary>
    public int? EvaluateEverySteps { get; init; }

    /// <summary>What it is trained on where no data is given; their shape and number of classes are what it takes.</summary>
    public required SyntheticDigitsOptions Digits { get; init; }

    /// <summary>How many digits it is tested on where no data is given.</summary>
    public int TestDigits { get; init; } = SyntheticDigits.DefaultTestCount;

    /// <summary>The shape of one sample.</summary>
    public TensorShape SampleShape => [Digits.Channels, Digits.Size, Digits.Size];

    /// <summary>Labels lie in [0, Classes).</summary>
    public int Classes => Digits.Classes;
}
