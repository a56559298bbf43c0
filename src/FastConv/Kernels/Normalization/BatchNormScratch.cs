namespace FastConv.Kernels.Normalization;

/// <summary>What a pass keeps for each channel while it runs.</summary>
internal readonly unsafe struct BatchNormScratch
{
    private readonly int _channels;

    /// <summary>Lays the scratch out.</summary>
    /// <param name="memory"><see cref="LengthOf"/> floats, 8-byte aligned, unknown contents.</param>
    /// <param name="channels">Channels of the whole shape.</param>
    public BatchNormScratch(float* memory, int channels)
    {
        First = (double*)memory;
        Second = First + channels;
        Coefficients = (float*)(Second + channels);
        _channels = channels;
    }

    /// <summary>[channels]: the first sum of a reduction.</summary>
    public double* First { get; }

    /// <summary>[channels]: the second sum of a reduction.</summary>
    public double* Second { get; }

    /// <summary>[4, channels]: see <see cref="ChannelKernel.Map"/>.</summary>
    public float* Coefficients { get; }

    /// <summary>Floats that the scratch of so many channels takes.</summary>
    public static int LengthOf(int channels) => checked((2 * (sizeof(double) / sizeof(float)) + ChannelKernel.Coefficients) * channels);

    /// <summary>Sets the operator's a, b, c, d for one channel.</summary>
    public void Set(int channel, double a, double b, double c, double d = 0)
    {
        Coefficients[channel] = (float)a;
        Coefficients[_channels + channel] = (float)b;
        Coefficients[2L * _channels + channel] = (float)c;
        Coefficients[3L * _channels + channel] = (float)d;
    }
}
