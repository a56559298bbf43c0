using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FastConv.Simd;

/// <summary>4 lanes: NEON, or SSE registers with FMA.</summary>
internal readonly unsafe struct V128 : IVector<V128>
{
    private readonly Vector128<float> _value;

    private V128(Vector128<float> value) => _value = value;

    public static int Count => Vector128<float>.Count;

    public static int Registers => SimdDispatch.Registers;

    public static V128 Zero => new(Vector128<float>.Zero);

    public static V128 Broadcast(float value) => new(Vector128.Create(value));

    public static V128 Load(float* source) => new(Vector128.Load(source));

    public static V128 operator +(V128 left, V128 right) => new(left._value + right._value);

    public static V128 operator -(V128 left, V128 right) => new(left._value - right._value);

    public static V128 operator *(V128 left, V128 right) => new(left._value * right._value);

    public static V128 operator /(V128 left, V128 right) => new(left._value / right._value);

    public static V128 FusedMultiplyAdd(V128 left, V128 right, V128 addend) =>
        new(Vector128.FusedMultiplyAdd(left._value, right._value, addend._value));

    public static V128 FusedMultiplyAdd(float left, V128 right, V128 addend) =>
        new(Vector128.FusedMultiplyAdd(Vector128.Create(left), right._value, addend._value));

    public static V128 Max(V128 left, V128 right) => new(Vector128.Max(left._value, right._value));

    public static V128 Min(V128 left, V128 right) => new(Vector128.Min(left._value, right._value));

    public static V128 MaxOrSecond(V128 first, V128 second) => new(Vector128.MaxNative(first._value, second._value));

    public static V128 MinOrSecond(V128 first, V128 second) => new(Vector128.MinNative(first._value, second._value));

    public static V128 Sqrt(V128 value) => new(Vector128.Sqrt(value._value));

    public static V128 Abs(V128 value) => new(Vector128.Abs(value._value));

    public static V128 CopySign(V128 value, V128 sign) => new(Vector128.CopySign(value._value, sign._value));

    // In two factors, of which only the second can leave the range of normal numbers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 Scale(V128 value, V128 exponent)
    {
        Vector128<int> whole = Vector128.ConvertToInt32Native(exponent._value);
        Vector128<int> half = whole >> 1;
        return new(value._value * PowerOfTwo(half) * PowerOfTwo(whole - half));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 Mantissa(V128 value, out V128 exponent)
    {
        Vector128<float> isSubnormal = Vector128.LessThan(value._value, Vector128.Create(FloatBits.SmallestNormal));
        Vector128<float> normal = Vector128.ConditionalSelect(isSubnormal, value._value * Vector128.Create(FloatBits.FractionScale), value._value);
        Vector128<int> whole = (normal.AsInt32() - Vector128.Create(FloatBits.ThreeQuarters)) >> FloatBits.Fraction;
        Vector128<float> shift = Vector128.ConditionalSelect(isSubnormal, Vector128.Create((float)FloatBits.Fraction), Vector128<float>.Zero);
        exponent = new(Vector128.ConvertToSingle(whole) - shift);
        return new((normal.AsInt32() - (whole << FloatBits.Fraction)).AsSingle());
    }

    public static V128 GreaterThan(V128 left, V128 right) => new(Vector128.GreaterThan(left._value, right._value));

    public static V128 GreaterThanOrEqual(V128 left, V128 right) => new(Vector128.GreaterThanOrEqual(left._value, right._value));

    public static V128 Select(V128 mask, V128 whenSet, V128 otherwise) =>
        new(Vector128.ConditionalSelect(mask._value, whenSet._value, otherwise._value));

    public static V128 MaskFirst(int count) => new(Vector128.GreaterThan(Vector128.Create(count), Vector128<int>.Indices).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 Evens(V128 first, V128 second) => new(SimdDispatch.Evens(first._value, second._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 Odds(V128 first, V128 second) => new(SimdDispatch.Odds(first._value, second._value));

    // No two of the lanes wanted have the same place in their vectors.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 EveryThird(V128 first, V128 second, V128 third)
    {
        Vector128<float> two = Vector128.ConditionalSelect(Vector128.Create(-1, 0, 0, -1).AsSingle(), first._value, second._value);
        Vector128<float> all = Vector128.ConditionalSelect(Vector128.Create(0, -1, 0, 0).AsSingle(), third._value, two);
        return new(Vector128.Shuffle(all, Vector128.Create(0, 3, 2, 1)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 InterleaveLow(V128 evens, V128 odds) => new(SimdDispatch.InterleaveLow(evens._value, odds._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 InterleaveHigh(V128 evens, V128 odds) => new(SimdDispatch.InterleaveHigh(evens._value, odds._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 OneBack(V128 previous, V128 value) => new(Vector128.ConditionalSelect(
        Vector128.Create(-1, 0, 0, 0).AsSingle(),
        Vector128.Shuffle(previous._value, Vector128.Create(3, 3, 3, 3)),
        Vector128.Shuffle(value._value, Vector128.Create(0, 0, 1, 2))));

    public static V128 EqualTo(V128 left, V128 right) => new(Vector128.Equals(left._value, right._value));

    public static bool HasNaN(V128 value) => !Vector128.EqualsAll(value._value, value._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 LoadBytes(byte* source)
    {
        Vector128<ushort> wide = Vector128.WidenLower(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<uint>(source)).AsByte());
        return new(Vector128.ConvertToSingle(Vector128.WidenLower(wide).AsInt32()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreBytes(byte* destination)
    {
        Vector128<uint> whole = Vector128.ConvertToInt32Native(_value).AsUInt32();
        Vector128<ushort> halves = Vector128.Narrow(whole, whole);
        Unsafe.WriteUnaligned(destination, Vector128.Narrow(halves, halves).AsUInt32().ToScalar());
    }

    public void Store(float* destination) => _value.Store(destination);

    public static V128 LoadFirst(float* source, int count) => FirstLanes.Load<V128>(source, count);

    public void StoreFirst(float* destination, int count) => FirstLanes.Store(this, destination, count);

    private static Vector128<float> PowerOfTwo(Vector128<int> exponent) =>
        ((exponent + Vector128.Create(FloatBits.Bias)) << FloatBits.Fraction).AsSingle();
}
