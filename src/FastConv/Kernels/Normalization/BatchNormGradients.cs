namespace FastConv.Kernels.Normalization;

/// <summary>What both backward passes read and write.</summary>
internal readonly unsafe struct BatchNormGradients
{
    public required ChannelData Data { get; init; }

    /// <summary>[channels]; null: 1.</summary>
    public required float* Weight { get; init; }

    /// <summary>[batch, channels, plane]; null: not wanted.</summary>
    public required float* GradInput { get; init; }

    /// <summary>[channels]; null: not wanted.</summary>
    public required float* GradWeight { get; init; }

    /// <summary>[channels]; null: not wanted.</summary>
    public required float* GradBias { get; init; }

    /// <summary>gradWeight += sum(t * xhat), gradBias += sum(t); returns both sums, that of t first.</summary>
    public (double Sum, double NormalizedSum) AddToParameters(BatchNormScratch scratch, int channel, double inverseStd)
    {
        (double sum, double product) = scratch.SumsOf(channel);
        double normalizedSum = product * inverseStd;
        if (GradWeight != null)
        {
            GradWeight[channel] += (float)normalizedSum;
        }

        if (GradBias != null)
        {
            GradBias[channel] += (float)sum;
        }

        return (sum, normalizedSum);
    }
}
