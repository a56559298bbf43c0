namespace FastConv.Data;

/// <summary>What <see cref="SyntheticDigits"/> draws.</summary>
public sealed record SyntheticDigitsOptions
{
    /// <summary>How many images; where it is not given, <see cref="SyntheticDigits.DefaultTrainCount"/> or <see cref="SyntheticDigits.DefaultTestCount"/>.</summary>
    public int? Count { get; init; }

    /// <summary>Height and width in pixels, from 8 to 1024.</summary>
    public int Size { get; init; } = 28;

    /// <summary>1: a light digit on dark ground. 3: any colour on any other.</summary>
    public int Channels { get; init; } = 1;

    /// <summary>The digits from 0 to <c>Classes - 1</c>; from 2 to 10.</summary>
    public int Classes { get; init; } = 10;

    /// <summary>Whose digits: another seed, another dataset.</summary>
    public long Seed { get; init; } = 1;
}
