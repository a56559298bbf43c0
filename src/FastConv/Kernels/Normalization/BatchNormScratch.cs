namespace FastConv.Kernels.Normalization;

/// <summary>What a pass keeps for each channel while it runs.</summary>
internal readonly unsafe struct BatchNormScratch
{
    private readonly double* _sums;
    private readonly int _channels;
    private readonly int _parts;

    /// <summary>Lays the scratch out.</summary>
    /// <param name="memory"><see cref="LengthOf"/> floats, 8-byte aligned, unknown contents.</param>
    /// <param name="channels">Channels of the whole shape.</param>
    /// <param name="parts">Into how many runs of samples the sums are cut.</param>
    public BatchNormScratch(float* memory, int channels, int parts)
    {
        _sums = (double*)memory;
        _channels = channels;
        _parts = parts;
        Pivots = (float*)(_sums + 2L * parts * channels);
        Coefficients = Pivots + channels;
    }

    /// <summary>[channels]: what deviations are taken from, where that is none of the arguments.</summary>
    public float* Pivots { get; }

    /// <summary>[4, channels]: see <see cref="ChannelMapKernel"/>.</summary>
    public float* Coefficients { get; }

    /// <summary>Floats that the scratch of so many channels and parts takes.</summary>
    public static int LengthOf(int channels, int parts) =>
        checked((2 * parts * (sizeof(double) / sizeof(float)) + 1 + ChannelMapKernel.Coefficients) * channels);

    /// <summary>[channels]: the first sums of a part.</summary>
    public double* First(int part) => _sums + 2L * part * _channels;

    /// <summary>[channels]: the second sums of a part.</summary>
    public double* Second(int part) => First(part) + _channels;

    /// <summary>The sums of all parts of a channel, added in their order.</summary>
    public (double First, double Second) SumsOf(int channel)
    {
        double first = 0;
        double second = 0;
        for (int part = 0; part < _parts; part++)
        {
            first += First(part)[channel];
            second += Second(part)[channel];
        }

        return (first, second);
    }

    /// <summary>Sets the operator's a, b, c, d for one channel.</summary>
    public void Set(int channel, double a, double b, double c, double d = 0)
    {
        Coefficients[channel] = (float)a;
        Coefficients[_channels + channel] = (float)b;
        Coefficients[2L * _channels + channel] = (float)c;
        Coefficients[3L * _channels + channel] = (float)d;
    }
}
