namespace FastConv.Simd;

/// <summary>
/// A vector of floats of some width. Kernels are generic methods over it; the JIT makes one body a width, and
/// <see cref="SimdDispatch"/> picks the width.
/// </summary>
/// <typeparam name="TSelf">The struct that implements it.</typeparam>
internal unsafe interface IVector<TSelf>
    where TSelf : struct, IVector<TSelf>
{
    /// <summary>Lanes.</summary>
    static abstract int Count { get; }

    /// <summary>Architectural vector registers: decides how tall a register tile can be.</summary>
    static abstract int Registers { get; }

    static abstract TSelf Zero { get; }

    static abstract TSelf Broadcast(float value);

    static abstract TSelf Load(float* source);

    static abstract TSelf operator +(TSelf left, TSelf right);

    static abstract TSelf operator -(TSelf left, TSelf right);

    static abstract TSelf operator *(TSelf left, TSelf right);

    static abstract TSelf operator /(TSelf left, TSelf right);

    /// <summary>left * right + addend, rounded once where the hardware has FMA, else twice.</summary>
    static abstract TSelf FusedMultiplyAdd(TSelf left, TSelf right, TSelf addend);

    /// <summary>
    /// The same with one number for all lanes of the left side: the JIT makes one instruction of it, which it does not where the broadcast is a value of
    /// its own.
    /// </summary>
    static abstract TSelf FusedMultiplyAdd(float left, TSelf right, TSelf addend);

    /// <summary>The larger; NaN if either is NaN.</summary>
    static abstract TSelf Max(TSelf left, TSelf right);

    /// <summary>The smaller; NaN if either is NaN.</summary>
    static abstract TSelf Min(TSelf left, TSelf right);

    /// <summary>The larger, in one instruction; the second where that is NaN. Of two zeros either.</summary>
    static abstract TSelf MaxOrSecond(TSelf first, TSelf second);

    /// <summary>The smaller, in one instruction; the second where that is NaN. Of two zeros either.</summary>
    static abstract TSelf MinOrSecond(TSelf first, TSelf second);

    static abstract TSelf Sqrt(TSelf value);

    static abstract TSelf Abs(TSelf value);

    /// <summary>The first with the sign of the second.</summary>
    static abstract TSelf CopySign(TSelf value, TSelf sign);

    /// <summary>value * 2^exponent, rounded once, for a value near 1 and whole exponents in [-250, 250]; NaN if the value is NaN.</summary>
    static abstract TSelf Scale(TSelf value, TSelf exponent);

    /// <summary>The m of value = m * 2^exponent with m in [0.75, 1.5), for finite values above 0, subnormal ones too; else anything.</summary>
    static abstract TSelf Mantissa(TSelf value, out TSelf exponent);

    /// <summary>All bits of a lane set where left is greater; false where either is NaN.</summary>
    static abstract TSelf GreaterThan(TSelf left, TSelf right);

    /// <summary>All bits of a lane set where left is greater or equal; false where either is NaN.</summary>
    static abstract TSelf GreaterThanOrEqual(TSelf left, TSelf right);

    /// <summary>Per lane: where the mask is set the first, else the second.</summary>
    static abstract TSelf Select(TSelf mask, TSelf whenSet, TSelf otherwise);

    /// <summary>A mask for <see cref="Select"/>: all bits of so many lanes set, from the first; none for a count below 1.</summary>
    static abstract TSelf MaskFirst(int count);

    /// <summary>Elements 0, 2, 4, ... of both, one after the other.</summary>
    static abstract TSelf Evens(TSelf first, TSelf second);

    /// <summary>Elements 1, 3, 5, ... of both, one after the other; for one lane the second.</summary>
    static abstract TSelf Odds(TSelf first, TSelf second);

    /// <summary>Elements 0, 3, 6, ... of all three, one after the other.</summary>
    static abstract TSelf EveryThird(TSelf first, TSelf second, TSelf third);

    /// <summary>The first lanes of both, alternating: what <see cref="Evens"/> and <see cref="Odds"/> made of the first vector.</summary>
    static abstract TSelf InterleaveLow(TSelf evens, TSelf odds);

    /// <summary>The last lanes of both, alternating: what <see cref="Evens"/> and <see cref="Odds"/> made of the second vector.</summary>
    static abstract TSelf InterleaveHigh(TSelf evens, TSelf odds);

    /// <summary>The last lane of one vector and all but the last of the next: a row seen from one element earlier.</summary>
    static abstract TSelf OneBack(TSelf previous, TSelf value);

    /// <summary>All bits of a lane set where both are equal; false where either is NaN.</summary>
    static abstract TSelf EqualTo(TSelf left, TSelf right);

    /// <summary>Whether any lane is NaN.</summary>
    static abstract bool HasNaN(TSelf value);

    /// <summary>As many bytes as there are lanes, each as a number from 0 to 255.</summary>
    static abstract TSelf LoadBytes(byte* source);

    /// <summary>Stores every lane, a whole number from 0 to 255, as one byte.</summary>
    void StoreBytes(byte* destination);

    void Store(float* destination);

    /// <summary>The first <paramref name="count"/> lanes (1 to Count) from memory, zero in the others; touches nothing behind them.</summary>
    static abstract TSelf LoadFirst(float* source, int count);

    /// <summary>Stores the first <paramref name="count"/> lanes (1 to Count) and touches nothing behind them.</summary>
    void StoreFirst(float* destination, int count);
}
