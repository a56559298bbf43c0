using System.Diagnostics;

namespace FastConv.Data;

/// <summary>
/// Cuts a dataset into batches, epoch by epoch. The order is a pure function of seed and epoch, so that a run can be repeated or resumed, and batches
/// have the same bits for any number of workers. Their memory is reused, and only one epoch can be under way at a time. Warm enumeration without workers allocates
/// nothing but one small object an epoch; with workers the objects of the threads come to it, once an epoch too.
/// </summary>
public sealed class DataLoader
{
    /// <summary>The most threads that may read ahead.</summary>
    public const int MaxWorkers = 256;

    private readonly BatchReader _reader;
    private PrefetchQueue? _queue;
    private int _generation;
    private int _next;
    private long _began;
    private long _answered;
    private long _waited;

    /// <summary>Prepares the batches' memory; nothing is read yet.</summary>
    /// <param name="dataset">Where samples come from.</param>
    /// <param name="batchSize">Samples a batch; one batch where the dataset has fewer.</param>
    /// <param name="shuffle">Whether each epoch has an order of its own; without, it is the dataset's.</param>
    /// <param name="seed">What the orders follow from.</param>
    /// <param name="dropLast">Whether the samples left over after the last whole batch of an epoch are passed over.</param>
    /// <param name="workers">
    /// Threads that read ahead while an epoch is under way; 0 reads each batch when it is asked for, on the caller's thread. They end with the epoch, or when its
    /// enumerator is disposed, as <c>foreach</c> does on every way out.
    /// </param>
    /// <param name="prefetch">How many batches workers may be ahead; each is memory. Without workers it means nothing.</param>
    /// <param name="mixUp">Where given, batches are mixed and have <see cref="Batch.SoftTargets"/>; lambdas follow from seed, epoch and batch.</param>
    /// <exception cref="ArgumentOutOfRangeException">A batch size or a prefetch below 1, or workers outside of [0, <see cref="MaxWorkers"/>].</exception>
    /// <exception cref="ArgumentException">An empty dataset, one smaller than a batch of which nothing would be left, or a batch beyond the largest array.</exception>
    public DataLoader(
        IDataset dataset, int batchSize, bool shuffle = false, long seed = 0, bool dropLast = false, int workers = 0, int prefetch = 2, MixUp? mixUp = null)
    {
        DatasetChecks.NotEmpty(dataset);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(workers);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(workers, MaxWorkers);
        ArgumentOutOfRangeException.ThrowIfLessThan(prefetch, 1);
        if (dropLast && dataset.Count < batchSize)
        {
            throw new ArgumentException(
                $"DataLoader: {dataset.Name} has {dataset.Count} samples, less than one batch of {batchSize}, and dropLast leaves none.", nameof(dropLast));
        }

        Workers = workers;
        int places = workers == 0 ? 1 : (int)Math.Min(prefetch + 1L, int.MaxValue);
        _reader = new BatchReader(dataset, batchSize, shuffle, seed, dropLast, mixUp, places);
        if (workers == 0)
        {
            GC.SuppressFinalize(this);
        }
    }

    /// <summary>Ends the threads of an enumerator that was neither run to its end nor disposed: they do not know the loader.</summary>
    ~DataLoader() => _queue?.Stop();

    /// <summary>Where samples come from.</summary>
    public IDataset Dataset => _reader.Dataset;

    /// <summary>Samples in every batch but perhaps the last.</summary>
    public int BatchSize => _reader.BatchSize;

    /// <summary>Batches an epoch.</summary>
    public int BatchCount => _reader.BatchCount;

    /// <summary>Threads that read ahead.</summary>
    public int Workers { get; }

    /// <summary>Of the epoch under way, or else the last one.</summary>
    public LoadingTime LoadingTime => new(Stopwatch.GetElapsedTime(0, _waited), Stopwatch.GetElapsedTime(_began, _answered));

    /// <summary>The batches of one epoch, for <c>foreach</c>.</summary>
    /// <param name="epoch">Its number; with shuffling it decides the order, with random transforms what they draw.</param>
    /// <param name="firstBatch">The batches before it are passed over and not read: a run that was interrupted goes on here.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative epoch, or a first batch outside of [0, <see cref="BatchCount"/>].</exception>
    public Batches Epoch(int epoch, int firstBatch = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        ArgumentOutOfRangeException.ThrowIfNegative(firstBatch);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstBatch, BatchCount);
        return new Batches(this, epoch, firstBatch);
    }

    private int Begin(int epoch, int firstBatch)
    {
        EndReading();
        _began = Stopwatch.GetTimestamp();
        _answered = _began;
        _waited = 0;
        _next = firstBatch;
        _reader.BeginEpoch(epoch);
        if (Workers > 0 && firstBatch < BatchCount)
        {
            _queue = new PrefetchQueue(_reader, firstBatch, Workers);
        }

        return ++_generation;
    }

    private Batch? Next(int generation)
    {
        if (generation != _generation)
        {
            throw new InvalidOperationException("DataLoader: another epoch of this loader has begun; only one can be under way at a time.");
        }

        long asked = Stopwatch.GetTimestamp();
        try
        {
            if (_next < BatchCount)
            {
                int number = _next++;
                return _queue is null ? Read(number) : _queue.Take(number);
            }

            EndReading();
            return null;
        }
        finally
        {
            _answered = Stopwatch.GetTimestamp();
            _waited += _answered - asked;
        }
    }

    private Batch Read(int number)
    {
        _reader.BeginBatch(number);
        Batch batch = _reader.At(number);
        for (int row = 0; row < batch.Count; row++)
        {
            _reader.ReadRow(number, row);
        }

        _reader.EndBatch(number);
        return batch;
    }

    private void End(int generation)
    {
        if (generation == _generation)
        {
            _next = BatchCount;
            EndReading();
        }
    }

    private void EndReading()
    {
        _queue?.Stop();
        _queue?.Join();
        _queue = null;
    }

    /// <summary>The batches of one epoch.</summary>
    public readonly struct Batches
    {
        private readonly DataLoader _loader;
        private readonly int _epoch;
        private readonly int _firstBatch;

        internal Batches(DataLoader loader, int epoch, int firstBatch)
        {
            _loader = loader;
            _epoch = epoch;
            _firstBatch = firstBatch;
        }

        /// <summary>Begins the epoch, and ends any other of the same loader.</summary>
        public BatchEnumerator GetEnumerator() => new(_loader, _epoch, _firstBatch);
    }

    /// <summary>Steps through the batches of one epoch.</summary>
    public struct BatchEnumerator : IDisposable
    {
        private readonly DataLoader _loader;
        private readonly int _generation;

        internal BatchEnumerator(DataLoader loader, int epoch, int firstBatch)
        {
            _loader = loader;
            _generation = loader.Begin(epoch, firstBatch);
            Current = loader._reader.At(0);
        }

        /// <summary>The batch read last; its memory is overwritten by the next.</summary>
        public Batch Current { get; private set; }

        /// <summary>Reads or waits for the next batch; false after the last.</summary>
        /// <exception cref="InvalidOperationException">Another epoch of the same loader has begun since.</exception>
        /// <exception cref="InvalidDataException">A sample cannot be read, or its label is out of the dataset's own range: the first such of the batch.</exception>
        public bool MoveNext()
        {
            Batch? batch = _loader.Next(_generation);
            Current = batch ?? Current;
            return batch is not null;
        }

        /// <summary>Ends the epoch, and the threads that read ahead for it.</summary>
        public readonly void Dispose() => _loader.End(_generation);
    }
}
