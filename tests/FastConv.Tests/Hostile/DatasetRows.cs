using FastConv.Data;
using FastConv.Tensors;
using FastConv.Tests.Cases;
using static FastConv.Tests.Hostile.HostileRow;
using static FastConv.Tests.Hostile.HostileWeakness;

namespace FastConv.Tests.Hostile;

/// <summary>Datasets of nothing, labels that are no classes, indices outside, and loaders with impossible numbers.</summary>
internal static class DatasetRows
{
    private static readonly InMemoryDataset Four = new(new Tensor(4, 1, 2, 2), [0, 1, 2, 1]);

    public static HostileRow[] All =>
    [
        Missing("new InMemoryDataset", "no samples", "samples", call => _ = new InMemoryDataset(null!, [])),
        Argument("new InMemoryDataset", "one label too few", "expected 4 labels for samples [4, 1], received 3", call => _ = new InMemoryDataset(new Tensor(4, 1), [0, 1, 2]), ShortBuffer),
        Argument("new InMemoryDataset", "one axis", "expected samples of shape [count, ...]", call => _ = new InMemoryDataset(new Tensor(4), [0, 0, 0, 0]), BadIndex),
        Range("new InMemoryDataset", "a label below 0", "label 0 is expected at least 0, received -1", call => _ = new InMemoryDataset(new Tensor(1, 1), [-1]), BadIndex),
        Range("new InMemoryDataset", "a label above the classes", "label 0 is expected in [0, 3), received 3", call => _ = new InMemoryDataset(new Tensor(1, 1), [3], 3), BadIndex),
        Range("new InMemoryDataset", "int.MaxValue as a label", "received 2147483647", call => _ = new InMemoryDataset(new Tensor(1, 1), [int.MaxValue]), Overflow),
        .. from dataset in Datasets()
           from row in Reading(dataset)
           select row,
        Missing("new SubsetDataset", "no source", "dataset", call => _ = new SubsetDataset(null!, [0])),
        Argument("new SubsetDataset", "no index", "expected at least one index", call => _ = new SubsetDataset(Four, [])),
        Range("new SubsetDataset", "an index behind the source", "are expected in [0, 4), received 4", call => _ = new SubsetDataset(Four, [4]), BadIndex),
        Range("SubsetDataset.Split", "all samples held out", "expected to hold out from 1 to 3 of them, received 4", _ => SubsetDataset.Split(Four, 4, 1)),
        Range("SubsetDataset.Split", "a negative count", "received -1", _ => SubsetDataset.Split(Four, -1, 1), Negative),
        Argument("new NormalizedDataset", "statistics of other channels", "expected 1 mean or one a channel, received 2", call => _ = new NormalizedDataset(Four, new DatasetStatistics([0, 0], [1, 1])), ShortBuffer),
        Argument("new NormalizedDataset", "a deviation of 0", "expected standard deviations above 0, received 0", call => _ = new NormalizedDataset(Four, new DatasetStatistics([0], [0])), ZeroDivisor),
        Argument("new TransformedDataset", "no transform", "expected at least one transform", call => _ = new TransformedDataset(Four, 1)),
        Missing("new TransformedDataset", "null among the transforms", "transforms", call => _ = new TransformedDataset(Four, 1, (ITransform)null!)),
        Argument("new TransformedDataset", "a crop larger than the samples", "RandomCrop: expected samples of at least 3 x 3", call => _ = new TransformedDataset(Four, 1, new RandomCrop(3, 3)), ShortBuffer),
        Missing("DatasetStatistics.Measure", "no dataset", "dataset", _ => DatasetStatistics.Measure(null!)),
        File("DatasetStatistics.Measure", "a pixel of NaN", "expected finite values", _ => DatasetStatistics.Measure(TrainingCases.WithPixel(Four, 1, float.NaN)), NotFinite),
        Range("new DatasetStatistics", "a mean of NaN", "expected a finite mean, received NaN", call => _ = new DatasetStatistics([float.NaN], [1]), NotFinite),
        Range("new DatasetStatistics", "a deviation of -1", "expected a finite standard deviation of at least 0, received -1", call => _ = new DatasetStatistics([0], [-1]), Negative),
        Argument("new DatasetStatistics", "one deviation too few", "expected", call => _ = new DatasetStatistics([0, 0], [1]), ShortBuffer),
        Missing("DatasetChecks.NotEmpty", "no dataset", "dataset", _ => DatasetChecks.NotEmpty(null!)),
        Range("DatasetChecks.Read", "an index of -1", "expected an index in [0, 4), received -1", _ => DatasetChecks.Read(Four, -1, new float[4]), BadIndex),
        Missing("new DataLoader", "no dataset", "dataset", call => _ = new DataLoader(null!, 1)),
        Range("new DataLoader", "batch size 0", "batchSize", call => _ = new DataLoader(Four, 0), ZeroDivisor),
        Range("new DataLoader", "workers -1", "workers", call => _ = new DataLoader(Four, 1, workers: -1), Negative),
        Range("new DataLoader", "a million workers", "workers", call => _ = new DataLoader(Four, 1, workers: 1_000_000), Unbounded),
        Range("new DataLoader", "prefetch 0", "prefetch", call => _ = new DataLoader(Four, 1, prefetch: 0), Negative),
        Defined("new DataLoader", "a batch size and a prefetch of int.MaxValue", "one batch of all samples", _ => Assert.Equal(4, new DataLoader(Four, int.MaxValue, prefetch: int.MaxValue, workers: 1).BatchSize), Unbounded),
        Argument("new DataLoader", "dropLast that leaves no batch", "dropLast leaves none", call => _ = new DataLoader(Four, 5, dropLast: true), ZeroDivisor),
        Range("DataLoader.Epoch", "a negative epoch", "epoch", _ => new DataLoader(Four, 2).Epoch(-1), Negative),
        Range("DataLoader.Epoch", "a first batch behind the last", "firstBatch", _ => new DataLoader(Four, 2).Epoch(0, 3), BadIndex),
        Refused<InvalidOperationException>("DataLoader.Epoch", "two at a time", "only one can be under way at a time", _ => TwoEpochs(), Concurrency),
        File("DataLoader.Epoch", "a dataset whose labels are no classes", "the label of sample 0 is expected in [0, 2), received 7", _ => ReadAll(new LyingDataset()), BadIndex),
        Range("new MixUp", "alpha 0", "expected a finite alpha", call => _ = new MixUp(0), ZeroDivisor),
        Range("new MixUp", "alpha NaN", "expected a finite alpha", call => _ = new MixUp(double.NaN), NotFinite),
        Argument("SyntheticDigits.Load", "a split that there is not", "expected the split 'train' or 'test', received 'all'", _ => SyntheticDigits.Load("all"), Enumeration),
        Range("SyntheticDigitsOptions.Count", "-1", "Count", _ => SyntheticDigits.Load("train", new() { Count = -1 }), Negative),
        Range("SyntheticDigitsOptions.Size", "int.MaxValue", "Size", _ => SyntheticDigits.Load("train", new() { Size = int.MaxValue }), Unbounded),
        Range("SyntheticDigitsOptions.Channels", "2", "Channels is expected to be 1 or 3, received 2", _ => SyntheticDigits.Load("train", new() { Channels = 2 }), Enumeration),
        Range("SyntheticDigitsOptions.Classes", "11", "Classes", _ => SyntheticDigits.Load("train", new() { Classes = 11 }), BadIndex),
        Defined("SyntheticDigitsOptions.Seed", "long.MinValue", "digits like any other", _ => SyntheticDigits.Load("train", new() { Count = 1, Seed = long.MinValue }).Read(0, new float[784], out int _), Negative),
    ];

    private static IEnumerable<IDataset> Datasets() =>
    [
        Four,
        new SubsetDataset(Four, [3, 2]),
        new NormalizedDataset(Four, new DatasetStatistics([0], [1])),
        new TransformedDataset(Four, 1, new RandomHorizontalFlip()),
        TrainingCases.TinyDigits(2),
    ];

    private static HostileRow[] Reading(IDataset dataset)
    {
        string entry = $"{dataset.GetType().Name}.Read";
        return
        [
            Range(entry, "an index behind the last sample", $"expected an index in [0, {dataset.Count}), received {dataset.Count}", call => dataset.Read(dataset.Count, call.Output(dataset.SampleShape.Length), out int _), BadIndex),
            Range(entry, "a negative index", "received -1", call => dataset.Read(-1, call.Output(dataset.SampleShape.Length), out int _), BadIndex),
            Argument(entry, "a sample one too short", "received a span of", call => dataset.Read(0, call.Output(dataset.SampleShape.Length - 1), out int _), ShortBuffer),
        ];
    }

    private static void TwoEpochs()
    {
        var loader = new DataLoader(Four, 1);
        DataLoader.BatchEnumerator first = loader.Epoch(0).GetEnumerator();
        first.MoveNext();
        DataLoader.BatchEnumerator second = loader.Epoch(1).GetEnumerator();
        second.MoveNext();
        first.MoveNext();
    }

    private static void ReadAll(IDataset dataset)
    {
        foreach (Batch _ in new DataLoader(dataset, 1).Epoch(0))
        {
        }
    }

    private sealed class LyingDataset : IDataset
    {
        public string Name => "lying";

        public int Count => 1;

        public FastConv.Shapes.TensorShape SampleShape => [1];

        public int ClassCount => 2;

        public IReadOnlyList<string> ClassNames => ["a", "b"];

        public void Read(int index, Span<float> sample, out int label) => label = 7;
    }
}
