using System.Runtime.CompilerServices;

namespace FastConv.Simd;

/// <summary>One lane: a plain float, where the runtime has no vectors at all.</summary>
internal readonly unsafe struct V1 : IVector<V1>
{
    private readonly float _value;

    private V1(float value) => _value = value;

    public static int Count => 1;

    public static int Registers => 16;

    public static V1 Zero => default;

    public static V1 Broadcast(float value) => new(value);

    public static V1 Load(float* source) => new(*source);

    public static V1 operator +(V1 left, V1 right) => new(left._value + right._value);

    public static V1 operator -(V1 left, V1 right) => new(left._value - right._value);

    public static V1 operator *(V1 left, V1 right) => new(left._value * right._value);

    public static V1 operator /(V1 left, V1 right) => new(left._value / right._value);

    public static V1 FusedMultiplyAdd(V1 left, V1 right, V1 addend) => new(SimdDispatch.HasFusedMultiplyAdd
        ? MathF.FusedMultiplyAdd(left._value, right._value, addend._value)
        : left._value * right._value + addend._value);

    public static V1 FusedMultiplyAdd(float left, V1 right, V1 addend) => FusedMultiplyAdd(Broadcast(left), right, addend);

    public static V1 Max(V1 left, V1 right) => new(MathF.Max(left._value, right._value));

    public static V1 Min(V1 left, V1 right) => new(MathF.Min(left._value, right._value));

    public static V1 MaxOrSecond(V1 first, V1 second) => new(first._value > second._value ? first._value : second._value);

    public static V1 MinOrSecond(V1 first, V1 second) => new(first._value < second._value ? first._value : second._value);

    public static V1 Sqrt(V1 value) => new(MathF.Sqrt(value._value));

    public static V1 Abs(V1 value) => new(MathF.Abs(value._value));

    public static V1 CopySign(V1 value, V1 sign) => new(MathF.CopySign(value._value, sign._value));

    // In two factors, of which only the second can leave the range of normal numbers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V1 Scale(V1 value, V1 exponent)
    {
        int whole = (int)exponent._value;
        int half = whole >> 1;
        return new(value._value * PowerOfTwo(half) * PowerOfTwo(whole - half));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V1 Mantissa(V1 value, out V1 exponent)
    {
        bool isSubnormal = value._value < FloatBits.SmallestNormal;
        int bits = BitConverter.SingleToInt32Bits(isSubnormal ? value._value * FloatBits.FractionScale : value._value);
        int whole = (bits - FloatBits.ThreeQuarters) >> FloatBits.Fraction;
        exponent = new(isSubnormal ? whole - FloatBits.Fraction : whole);
        return new(BitConverter.Int32BitsToSingle(bits - (whole << FloatBits.Fraction)));
    }

    public static V1 GreaterThan(V1 left, V1 right) => new(BitConverter.Int32BitsToSingle(left._value > right._value ? -1 : 0));

    public static V1 GreaterThanOrEqual(V1 left, V1 right) => new(BitConverter.Int32BitsToSingle(left._value >= right._value ? -1 : 0));

    public static V1 Select(V1 mask, V1 whenSet, V1 otherwise) => new(BitConverter.UInt32BitsToSingle(
        BitConverter.SingleToUInt32Bits(mask._value) & BitConverter.SingleToUInt32Bits(whenSet._value)
        | ~BitConverter.SingleToUInt32Bits(mask._value) & BitConverter.SingleToUInt32Bits(otherwise._value)));

    public static V1 MaskFirst(int count) => new(BitConverter.Int32BitsToSingle(count > 0 ? -1 : 0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V1 Evens(V1 first, V1 second) => first;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V1 Odds(V1 first, V1 second) => second;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V1 EveryThird(V1 first, V1 second, V1 third) => first;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V1 InterleaveLow(V1 evens, V1 odds) => evens;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V1 InterleaveHigh(V1 evens, V1 odds) => odds;

    public static V1 OneBack(V1 previous, V1 value) => previous;

    public static V1 EqualTo(V1 left, V1 right) => new(BitConverter.Int32BitsToSingle(left._value == right._value ? -1 : 0));

    public static bool HasNaN(V1 value) => float.IsNaN(value._value);

    public static V1 LoadBytes(byte* source) => new(*source);

    public void StoreBytes(byte* destination) => *destination = (byte)_value;

    public void Store(float* destination) => *destination = _value;

    public static V1 LoadFirst(float* source, int count) => Load(source);

    public void StoreFirst(float* destination, int count) => Store(destination);

    private static float PowerOfTwo(int exponent) => BitConverter.Int32BitsToSingle((exponent + FloatBits.Bias) << FloatBits.Fraction);
}
