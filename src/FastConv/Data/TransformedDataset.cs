using FastConv.Memory;
using FastConv.Randomness;
using FastConv.Shapes;

namespace FastConv.Data;

/// <summary>
/// Another dataset with its samples changed, one transform after the other. What is random follows from seed, epoch and the sample's index
/// alone, so it is the same for any number of workers and when a run is resumed.
/// </summary>
public sealed class TransformedDataset : IDataset
{
    [ThreadStatic]
    private static RandomSource? _random;

    private readonly IDataset _source;
    private readonly ITransform[] _transforms;
    private readonly TensorShape[] _shapes;
    private readonly long _seed;
    private readonly int _longest;

    /// <summary>Changes samples while they are read; the source is left as it is.</summary>
    /// <param name="source">What to change.</param>
    /// <param name="seed">What random changes follow from.</param>
    /// <param name="transforms">In the order in which they are applied; at least one.</param>
    /// <exception cref="ArgumentException">No transform, or one that does not take what comes to it.</exception>
    public TransformedDataset(IDataset source, long seed, params ReadOnlySpan<ITransform> transforms)
    {
        DatasetChecks.NotEmpty(source);
        if (transforms.IsEmpty)
        {
            throw new ArgumentException($"TransformedDataset: expected at least one transform of {source.Name}, received none.", nameof(transforms));
        }

        _source = source;
        _seed = seed;
        _transforms = transforms.ToArray();
        _shapes = new TensorShape[transforms.Length + 1];
        _shapes[0] = source.SampleShape;
        for (int step = 0; step < transforms.Length; step++)
        {
            ArgumentNullException.ThrowIfNull(transforms[step], nameof(transforms));
            _longest = Math.Max(_longest, _shapes[step].Length);
            _shapes[step + 1] = transforms[step].OutputShape(_shapes[step]);
        }
    }

    /// <inheritdoc/>
    public string Name => _source.Name;

    /// <inheritdoc/>
    public int Count => _source.Count;

    /// <summary>What the last transform makes.</summary>
    public TensorShape SampleShape => _shapes[^1];

    /// <inheritdoc/>
    public int ClassCount => _source.ClassCount;

    /// <inheritdoc/>
    public IReadOnlyList<string> ClassNames => _source.ClassNames;

    /// <inheritdoc/>
    public void Read(int index, Span<float> sample, out int label) => Read(index, 0, sample, out label);

    /// <inheritdoc/>
    public void Read(int index, int epoch, Span<float> sample, out int label)
    {
        DatasetChecks.Read(this, index, sample);
        // Two buffers that take turns; the first transform reads one, the last writes to the sample.
        AlignedBuffer here = BufferPool.Rent(_longest);
        AlignedBuffer there = BufferPool.Rent(_longest);
        try
        {
            _source.Read(index, epoch, here.Span[.._shapes[0].Length], out label);

            // Behind the read: the source may be another of these, with the same object on this thread.
            RandomSource random = _random ??= new RandomSource(_seed);
            random.Restart(EpochKey.Augmentation(_seed, epoch), index);
            for (int step = 0; step < _transforms.Length; step++)
            {
                Span<float> result = step == _transforms.Length - 1 ? sample : there.Span[.._shapes[step + 1].Length];
                _transforms[step].Apply(_shapes[step], here.Span[.._shapes[step].Length], result, random);
                (here, there) = (there, here);
            }
        }
        finally
        {
            BufferPool.Return(here);
            BufferPool.Return(there);
        }
    }
}
