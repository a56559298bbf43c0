using System.Globalization;
using FastConv.Cli.Runs;
using FastConv.Data;

namespace FastConv.Cli.Input;

/// <summary>Samples to learn from, to watch and to test with, normalised by the statistics of those to learn from.</summary>
/// <param name="Name">What reports call the data.</param>
/// <param name="Train">To learn from.</param>
/// <param name="Validation">Held out of the training samples, to watch training with; null where none were asked for.</param>
/// <param name="Test">Looked at once, at the end.</param>
/// <param name="Pictures">The test samples as they were before normalisation.</param>
/// <param name="Statistics">Of the samples to learn from, one pair a channel.</param>
/// <param name="ClassNames">One for each class that the model tells apart.</param>
/// <param name="Warning">What was left out of the data; null where nothing was.</param>
internal sealed record TrainingData(
    string Name, IDataset Train, IDataset? Validation, IDataset Test, IDataset Pictures, DatasetStatistics Statistics, IReadOnlyList<string> ClassNames, string? Warning)
{
    private const int HeldOutShare = 10;
    private const int MostHeldOut = 5000;
    private const int LargeSample = 1 << 14;

    /// <summary>Reads or draws the data.</summary>
    /// <exception cref="CommandLineException">The data does not fit the model, or there is too little of it.</exception>
    /// <exception cref="IOException">A file or folder is missing or cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file is not what it should be.</exception>
    public static TrainingData Load(TrainRequest request, CancellationToken cancellationToken = default)
    {
        (string name, IDataset train, IDataset? test, string? warning) =
            SourceData.Read(request.Source, request.Model, request.Samples, request.TestSamples, request.StrictImages, cancellationToken);
        if (test is null)
        {
            (test, train) = HoldOut(train, HeldOut(train.Count), request.Seed, "test");
        }

        train = SourceData.Limit(train, request.Samples, request.Seed);
        test = SourceData.Limit(test, request.TestSamples, request.Seed);

        IDataset? validation = null;
        int held = request.ValidationSamples ?? HeldOut(train.Count);
        if (held > 0)
        {
            (validation, train) = HoldOut(train, held, request.Seed, "validation");
        }

        var statistics = DatasetStatistics.Measure(train, perChannel: true);
        return new TrainingData(
            name,
            Augmentations.Apply(new NormalizedDataset(train, statistics), request.Augmentation, request.Seed),
            validation is null ? null : new NormalizedDataset(validation, statistics),
            new NormalizedDataset(test, statistics),
            test,
            statistics,
            Names(request, train),
            warning);
    }

    /// <summary>Whether reading a sample takes work that is worth a thread: large ones do, and those that are changed.</summary>
    public bool TakesWork => Train is TransformedDataset || Train.SampleShape.Length >= LargeSample;

    /// <summary>What <c>config.json</c> says of it.</summary>
    public RunData Describe() => new(
        Name,
        Train.Count,
        Validation?.Count ?? 0,
        Test.Count,
        Train.SampleShape.Dimensions.ToArray(),
        ClassNames,
        Statistics.Mean.ToArray(),
        Statistics.StandardDeviation.ToArray());

    private static IReadOnlyList<string> Names(TrainRequest request, IDataset train)
    {
        IReadOnlyList<string> known = request.ClassNames ?? train.ClassNames;
        return [.. Enumerable.Range(0, request.Model.Classes).Select(index => index < known.Count ? known[index] : index.ToString(CultureInfo.InvariantCulture))];
    }

    private static int HeldOut(int count) => Math.Min(count / HeldOutShare, MostHeldOut);

    private static (IDataset First, IDataset Others) HoldOut(IDataset data, int count, long seed, string purpose) => count > 0 && count < data.Count
        ? SubsetDataset.Split(data, count, seed)
        : throw new CommandLineException($"'{data.Name}' has {data.Count} samples: {count} of them cannot be held out for {purpose}");
}
