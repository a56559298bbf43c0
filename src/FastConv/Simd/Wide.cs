using System.Runtime.CompilerServices;

namespace FastConv.Simd;

/// <summary>
/// Two vectors as one of twice the lanes. Reductions run over 16 lanes on every CPU, made of what it has, so that their sums
/// have the same bits.
/// </summary>
internal readonly unsafe struct Wide<V> : IVector<Wide<V>>
    where V : struct, IVector<V>
{
    private readonly V _low;
    private readonly V _high;

    private Wide(V low, V high)
    {
        _low = low;
        _high = high;
    }

    public static int Count => 2 * V.Count;

    public static int Registers => V.Registers / 2;

    public static Wide<V> Zero => new(V.Zero, V.Zero);

    public static Wide<V> Broadcast(float value) => new(V.Broadcast(value), V.Broadcast(value));

    public static Wide<V> Load(float* source) => new(V.Load(source), V.Load(source + V.Count));

    public static Wide<V> operator +(Wide<V> left, Wide<V> right) => new(left._low + right._low, left._high + right._high);

    public static Wide<V> operator -(Wide<V> left, Wide<V> right) => new(left._low - right._low, left._high - right._high);

    public static Wide<V> operator *(Wide<V> left, Wide<V> right) => new(left._low * right._low, left._high * right._high);

    public static Wide<V> operator /(Wide<V> left, Wide<V> right) => new(left._low / right._low, left._high / right._high);

    public static Wide<V> FusedMultiplyAdd(Wide<V> left, Wide<V> right, Wide<V> addend) => new(
        V.FusedMultiplyAdd(left._low, right._low, addend._low),
        V.FusedMultiplyAdd(left._high, right._high, addend._high));

    public static Wide<V> FusedMultiplyAdd(float left, Wide<V> right, Wide<V> addend) => new(
        V.FusedMultiplyAdd(left, right._low, addend._low),
        V.FusedMultiplyAdd(left, right._high, addend._high));

    public static Wide<V> Max(Wide<V> left, Wide<V> right) => new(V.Max(left._low, right._low), V.Max(left._high, right._high));

    public static Wide<V> Min(Wide<V> left, Wide<V> right) => new(V.Min(left._low, right._low), V.Min(left._high, right._high));

    public static Wide<V> MaxOrSecond(Wide<V> first, Wide<V> second) =>
        new(V.MaxOrSecond(first._low, second._low), V.MaxOrSecond(first._high, second._high));

    public static Wide<V> MinOrSecond(Wide<V> first, Wide<V> second) =>
        new(V.MinOrSecond(first._low, second._low), V.MinOrSecond(first._high, second._high));

    public static Wide<V> Sqrt(Wide<V> value) => new(V.Sqrt(value._low), V.Sqrt(value._high));

    public static Wide<V> Abs(Wide<V> value) => new(V.Abs(value._low), V.Abs(value._high));

    public static Wide<V> CopySign(Wide<V> value, Wide<V> sign) => new(V.CopySign(value._low, sign._low), V.CopySign(value._high, sign._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide<V> Scale(Wide<V> value, Wide<V> exponent) =>
        new(V.Scale(value._low, exponent._low), V.Scale(value._high, exponent._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide<V> Mantissa(Wide<V> value, out Wide<V> exponent)
    {
        V low = V.Mantissa(value._low, out V lowExponent);
        V high = V.Mantissa(value._high, out V highExponent);
        exponent = new(lowExponent, highExponent);
        return new(low, high);
    }

    public static Wide<V> GreaterThan(Wide<V> left, Wide<V> right) =>
        new(V.GreaterThan(left._low, right._low), V.GreaterThan(left._high, right._high));

    public static Wide<V> GreaterThanOrEqual(Wide<V> left, Wide<V> right) =>
        new(V.GreaterThanOrEqual(left._low, right._low), V.GreaterThanOrEqual(left._high, right._high));

    public static Wide<V> Select(Wide<V> mask, Wide<V> whenSet, Wide<V> otherwise) => new(
        V.Select(mask._low, whenSet._low, otherwise._low),
        V.Select(mask._high, whenSet._high, otherwise._high));

    public static Wide<V> MaskFirst(int count) => new(V.MaskFirst(count), V.MaskFirst(count - V.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide<V> Evens(Wide<V> first, Wide<V> second) => new(V.Evens(first._low, first._high), V.Evens(second._low, second._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide<V> Odds(Wide<V> first, Wide<V> second) => new(V.Odds(first._low, first._high), V.Odds(second._low, second._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide<V> EveryThird(Wide<V> first, Wide<V> second, Wide<V> third) =>
        new(V.EveryThird(first._low, first._high, second._low), V.EveryThird(second._high, third._low, third._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide<V> InterleaveLow(Wide<V> evens, Wide<V> odds) =>
        new(V.InterleaveLow(evens._low, odds._low), V.InterleaveHigh(evens._low, odds._low));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide<V> InterleaveHigh(Wide<V> evens, Wide<V> odds) =>
        new(V.InterleaveLow(evens._high, odds._high), V.InterleaveHigh(evens._high, odds._high));

    public static Wide<V> OneBack(Wide<V> previous, Wide<V> value) =>
        new(V.OneBack(previous._high, value._low), V.OneBack(value._low, value._high));

    public static Wide<V> EqualTo(Wide<V> left, Wide<V> right) => new(V.EqualTo(left._low, right._low), V.EqualTo(left._high, right._high));

    public static bool HasNaN(Wide<V> value) => V.HasNaN(value._low) || V.HasNaN(value._high);

    public static Wide<V> LoadBytes(byte* source) => new(V.LoadBytes(source), V.LoadBytes(source + V.Count));

    public void StoreBytes(byte* destination)
    {
        _low.StoreBytes(destination);
        _high.StoreBytes(destination + V.Count);
    }

    public void Store(float* destination)
    {
        _low.Store(destination);
        _high.Store(destination + V.Count);
    }

    public static Wide<V> LoadFirst(float* source, int count) => count <= V.Count
        ? new Wide<V>(V.LoadFirst(source, count), V.Zero)
        : new Wide<V>(V.Load(source), V.LoadFirst(source + V.Count, count - V.Count));

    public void StoreFirst(float* destination, int count)
    {
        if (count <= V.Count)
        {
            _low.StoreFirst(destination, count);
            return;
        }

        _low.Store(destination);
        _high.StoreFirst(destination + V.Count, count - V.Count);
    }
}
