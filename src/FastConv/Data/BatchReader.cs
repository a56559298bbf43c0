using FastConv.Randomness;
using FastConv.Shapes;
using FastConv.Tensors;

namespace FastConv.Data;

/// <summary>
/// The batches of one epoch after another, and the memory that they take turns in: batch i of an epoch lies in place i modulo the number of places, except
/// for a short last one, which has memory of its own.
/// </summary>
internal sealed class BatchReader
{
    private readonly int[] _order;
    private readonly Batch[] _places;
    private readonly Batch? _last;
    private readonly MixUp? _mixUp;
    private readonly bool _shuffle;
    private readonly long _seed;
    private int _epoch;

    public BatchReader(IDataset dataset, int batchSize, bool shuffle, long seed, bool dropLast, MixUp? mixUp, int places)
    {
        Dataset = dataset;
        BatchSize = Math.Min(batchSize, dataset.Count);
        int rest = dropLast ? 0 : dataset.Count % BatchSize;
        BatchCount = dataset.Count / BatchSize + (rest > 0 ? 1 : 0);
        _mixUp = mixUp;
        _shuffle = shuffle;
        _seed = seed;
        _order = new int[dataset.Count];
        _places = new Batch[Math.Min(places, BatchCount)];
        for (int place = 0; place < _places.Length; place++)
        {
            _places[place] = Create(BatchSize);
        }

        _last = rest > 0 ? Create(rest) : null;
    }

    public IDataset Dataset { get; }

    public int BatchSize { get; }

    public int BatchCount { get; }

    /// <summary>How many batches there is memory for at a time.</summary>
    public int Places => _places.Length;

    /// <summary>Puts the samples into the epoch's order: a pure function of seed and epoch.</summary>
    public void BeginEpoch(int epoch)
    {
        _epoch = epoch;
        for (int index = 0; index < _order.Length; index++)
        {
            _order[index] = index;
        }

        if (_shuffle)
        {
            new RandomSource(_seed, epoch).Shuffle<int>(_order);
        }
    }

    /// <summary>A batch's memory.</summary>
    public Batch At(int number) => number == BatchCount - 1 && _last is not null ? _last : _places[number % _places.Length];

    /// <summary>Says which samples the batch is made of.</summary>
    public void BeginBatch(int number)
    {
        Batch batch = At(number);
        batch.Begin(_order.AsSpan(number * BatchSize, batch.Count));
    }

    /// <summary>Reads one row of a batch that has begun; several threads may read rows at the same time.</summary>
    public void ReadRow(int number, int row) => At(number).ReadRow(Dataset, _epoch, row);

    /// <summary>What is done with a batch as a whole, behind its last row.</summary>
    public void EndBatch(int number)
    {
        if (_mixUp is not null)
        {
            At(number).Mix(_mixUp, EpochKey.Mixing(_seed, _epoch), number);
        }
    }

    private Batch Create(int count) => new(
        new Tensor(Dataset.SampleShape.BatchOf(count)),
        _mixUp is null ? null : new Tensor(TensorShape.Create([count, Dataset.ClassCount])));
}
