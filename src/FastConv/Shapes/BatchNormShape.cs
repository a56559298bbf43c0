namespace FastConv.Shapes;

/// <summary>
/// The sizes of one batch normalisation: every channel has statistics of its own, over the batch and the pixels. Data is
/// [batch, channels, plane]; a plane is height * width pixels, or 1 for vectors.
/// Source: https://pytorch.org/docs/stable/generated/torch.nn.BatchNorm2d.html
/// </summary>
public sealed record BatchNormShape
{
    private BatchNormShape(int batch, int channels, int plane)
    {
        Batch = batch;
        Channels = channels;
        Plane = plane;
        InputShape = [batch, channels, plane];
    }

    /// <summary>Samples.</summary>
    public int Batch { get; }

    /// <summary>Channels, each normalised by itself.</summary>
    public int Channels { get; }

    /// <summary>Pixels of one channel of one sample.</summary>
    public int Plane { get; }

    /// <summary>[batch, channels, plane], also of the output.</summary>
    public TensorShape InputShape { get; }

    /// <summary>Values behind the statistics of one channel.</summary>
    public int ValuesPerChannel => Batch * Plane;

    /// <summary>Checks the sizes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size below 1.</exception>
    /// <exception cref="ArgumentException">The data would be larger than an array can be.</exception>
    public static BatchNormShape Create(int batch, int channels, int plane = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(plane, 1);
        return new BatchNormShape(batch, channels, plane);
    }

    /// <summary>The same normalisation over another number of samples.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The batch is below 1.</exception>
    public BatchNormShape WithBatch(int batch) => Create(batch, Channels, Plane);

    /// <inheritdoc/>
    public override string ToString() => InputShape.ToString();
}
