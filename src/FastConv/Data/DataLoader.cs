using FastConv.Randomness;
using FastConv.Tensors;

namespace FastConv.Data;

/// <summary>
/// Cuts a dataset into batches, epoch by epoch. The order is a pure function of seed and epoch, so that a run can be repeated or resumed. The
/// batches' memory is reused: warm enumeration allocates nothing, and only one epoch can be under way at a time.
/// </summary>
public sealed class DataLoader
{
    private readonly bool _shuffle;
    private readonly long _seed;
    private readonly int[] _order;
    private readonly Batch _full;
    private readonly Batch? _last;
    private int _generation;

    /// <summary>Prepares the batches' memory; nothing is read yet.</summary>
    /// <param name="dataset">Where samples come from.</param>
    /// <param name="batchSize">Samples a batch; one batch where the dataset has fewer.</param>
    /// <param name="shuffle">Whether each epoch has an order of its own; without, it is the dataset's.</param>
    /// <param name="seed">What the orders follow from.</param>
    /// <param name="dropLast">Whether the samples left over after the last whole batch of an epoch are passed over.</param>
    /// <exception cref="ArgumentOutOfRangeException">A batch size below 1.</exception>
    /// <exception cref="ArgumentException">An empty dataset, one smaller than a batch of which nothing would be left, or a batch beyond the largest array.</exception>
    public DataLoader(IDataset dataset, int batchSize, bool shuffle = false, long seed = 0, bool dropLast = false)
    {
        DatasetChecks.NotEmpty(dataset);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        if (dropLast && dataset.Count < batchSize)
        {
            throw new ArgumentException(
                $"DataLoader: {dataset.Name} has {dataset.Count} samples, less than one batch of {batchSize}, and dropLast leaves none.", nameof(dropLast));
        }

        Dataset = dataset;
        BatchSize = Math.Min(batchSize, dataset.Count);
        int rest = dropLast ? 0 : dataset.Count % BatchSize;
        BatchCount = dataset.Count / BatchSize + (rest > 0 ? 1 : 0);
        _full = new Batch(new Tensor(dataset.SampleShape.BatchOf(BatchSize)));
        _last = rest > 0 ? new Batch(new Tensor(dataset.SampleShape.BatchOf(rest))) : null;
        _order = new int[dataset.Count];
        _shuffle = shuffle;
        _seed = seed;
    }

    /// <summary>Where samples come from.</summary>
    public IDataset Dataset { get; }

    /// <summary>Samples in every batch but perhaps the last.</summary>
    public int BatchSize { get; }

    /// <summary>Batches an epoch.</summary>
    public int BatchCount { get; }

    /// <summary>The batches of one epoch, for <c>foreach</c>.</summary>
    /// <param name="epoch">Its number; with shuffling it decides the order.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative epoch.</exception>
    public Batches Epoch(int epoch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        return new Batches(this, epoch);
    }

    private int Begin(int epoch)
    {
        for (int index = 0; index < _order.Length; index++)
        {
            _order[index] = index;
        }

        if (_shuffle)
        {
            new RandomSource(_seed, epoch).Shuffle<int>(_order);
        }

        return ++_generation;
    }

    private Batch Read(int number, int generation)
    {
        if (generation != _generation)
        {
            throw new InvalidOperationException("DataLoader: another epoch of this loader has begun; only one can be under way at a time.");
        }

        int start = number * BatchSize;
        Batch batch = _order.Length - start < BatchSize && _last is not null ? _last : _full;
        batch.Fill(Dataset, _order.AsSpan(start, batch.Count));
        return batch;
    }

    /// <summary>The batches of one epoch.</summary>
    public readonly struct Batches
    {
        private readonly DataLoader _loader;
        private readonly int _epoch;

        internal Batches(DataLoader loader, int epoch)
        {
            _loader = loader;
            _epoch = epoch;
        }

        /// <summary>Begins the epoch, and ends any other of the same loader.</summary>
        public BatchEnumerator GetEnumerator() => new(_loader, _epoch);
    }

    /// <summary>Steps through the batches of one epoch.</summary>
    public struct BatchEnumerator
    {
        private readonly DataLoader _loader;
        private readonly int _generation;
        private int _number;

        internal BatchEnumerator(DataLoader loader, int epoch)
        {
            _loader = loader;
            _generation = loader.Begin(epoch);
            _number = 0;
            Current = loader._full;
        }

        /// <summary>The batch read last; its memory is overwritten by the next.</summary>
        public Batch Current { get; private set; }

        /// <summary>Reads the next batch; false after the last.</summary>
        /// <exception cref="InvalidOperationException">Another epoch of the same loader has begun since.</exception>
        /// <exception cref="InvalidDataException">The dataset gave a label out of its own range.</exception>
        public bool MoveNext()
        {
            if (_number == _loader.BatchCount)
            {
                return false;
            }

            Current = _loader.Read(_number++, _generation);
            return true;
        }
    }
}
