namespace FastConv.Simd;

/// <summary>Where a float keeps its parts: sign, 8 bits of exponent, 23 of fraction.</summary>
internal static class FloatBits
{
    /// <summary>Bits of the fraction.</summary>
    public const int Fraction = 23;

    /// <summary>What is added to an exponent before it is stored.</summary>
    public const int Bias = 127;

    /// <summary>The bits of 0.75.</summary>
    public const int ThreeQuarters = 0x3F400000;

    /// <summary>2^23: makes every subnormal number above 0 normal.</summary>
    public const float FractionScale = 8388608;

    /// <summary>2^-126.</summary>
    public const float SmallestNormal = 1.17549435e-38f;
}
