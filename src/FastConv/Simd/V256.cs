using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FastConv.Simd;

/// <summary>8 lanes: AVX2 with FMA.</summary>
internal readonly unsafe struct V256 : IVector<V256>
{
    private readonly Vector256<float> _value;

    private V256(Vector256<float> value) => _value = value;

    public static int Count => Vector256<float>.Count;

    public static int Registers => SimdDispatch.Registers;

    public static V256 Zero => new(Vector256<float>.Zero);

    public static V256 Broadcast(float value) => new(Vector256.Create(value));

    public static V256 Load(float* source) => new(Vector256.Load(source));

    public static V256 operator +(V256 left, V256 right) => new(left._value + right._value);

    public static V256 operator -(V256 left, V256 right) => new(left._value - right._value);

    public static V256 operator *(V256 left, V256 right) => new(left._value * right._value);

    public static V256 operator /(V256 left, V256 right) => new(left._value / right._value);

    public static V256 FusedMultiplyAdd(V256 left, V256 right, V256 addend) =>
        new(Vector256.FusedMultiplyAdd(left._value, right._value, addend._value));

    public static V256 FusedMultiplyAdd(float left, V256 right, V256 addend) =>
        new(Vector256.FusedMultiplyAdd(Vector256.Create(left), right._value, addend._value));

    public static V256 Max(V256 left, V256 right) => new(Vector256.Max(left._value, right._value));

    public static V256 Min(V256 left, V256 right) => new(Vector256.Min(left._value, right._value));

    public static V256 MaxOrSecond(V256 first, V256 second) => new(Vector256.MaxNative(first._value, second._value));

    public static V256 MinOrSecond(V256 first, V256 second) => new(Vector256.MinNative(first._value, second._value));

    public static V256 Sqrt(V256 value) => new(Vector256.Sqrt(value._value));

    public static V256 Abs(V256 value) => new(Vector256.Abs(value._value));

    public static V256 CopySign(V256 value, V256 sign) => new(Vector256.CopySign(value._value, sign._value));

    // In two factors, of which only the second can leave the range of normal numbers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 Scale(V256 value, V256 exponent)
    {
        Vector256<int> whole = Vector256.ConvertToInt32Native(exponent._value);
        Vector256<int> half = whole >> 1;
        return new(value._value * PowerOfTwo(half) * PowerOfTwo(whole - half));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 Mantissa(V256 value, out V256 exponent)
    {
        Vector256<float> isSubnormal = Vector256.LessThan(value._value, Vector256.Create(FloatBits.SmallestNormal));
        Vector256<float> normal = Vector256.ConditionalSelect(isSubnormal, value._value * Vector256.Create(FloatBits.FractionScale), value._value);
        Vector256<int> whole = (normal.AsInt32() - Vector256.Create(FloatBits.ThreeQuarters)) >> FloatBits.Fraction;
        Vector256<float> shift = Vector256.ConditionalSelect(isSubnormal, Vector256.Create((float)FloatBits.Fraction), Vector256<float>.Zero);
        exponent = new(Vector256.ConvertToSingle(whole) - shift);
        return new((normal.AsInt32() - (whole << FloatBits.Fraction)).AsSingle());
    }

    public static V256 GreaterThan(V256 left, V256 right) => new(Vector256.GreaterThan(left._value, right._value));

    public static V256 GreaterThanOrEqual(V256 left, V256 right) => new(Vector256.GreaterThanOrEqual(left._value, right._value));

    public static V256 Select(V256 mask, V256 whenSet, V256 otherwise) =>
        new(Vector256.ConditionalSelect(mask._value, whenSet._value, otherwise._value));

    public static V256 MaskFirst(int count) => new(Vector256.GreaterThan(Vector256.Create(count), Vector256<int>.Indices).AsSingle());

    // Within each half evens (odds) of the first, then of the second; then the middle quarters change places.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 Evens(V256 first, V256 second) =>
        new(Avx2.Permute4x64(Avx.Shuffle(first._value, second._value, 0b10_00_10_00).AsDouble(), 0b11_01_10_00).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 Odds(V256 first, V256 second) =>
        new(Avx2.Permute4x64(Avx.Shuffle(first._value, second._value, 0b11_01_11_01).AsDouble(), 0b11_01_10_00).AsSingle());

    // No two of the lanes wanted have the same place in their vectors.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 EveryThird(V256 first, V256 second, V256 third) => new(Vector256.Shuffle(
        Avx.Blend(Avx.Blend(first._value, second._value, 0b10010010), third._value, 0b00100100), Vector256.Create(0, 3, 6, 1, 4, 7, 2, 5)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 InterleaveLow(V256 evens, V256 odds) => new(Avx.Permute2x128(
        Avx.UnpackLow(evens._value, odds._value), Avx.UnpackHigh(evens._value, odds._value), 0x20));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 InterleaveHigh(V256 evens, V256 odds) => new(Avx.Permute2x128(
        Avx.UnpackLow(evens._value, odds._value), Avx.UnpackHigh(evens._value, odds._value), 0x31));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 OneBack(V256 previous, V256 value) => new(Vector256.ConditionalSelect(
        Vector256.Create(-1, 0, 0, 0, 0, 0, 0, 0).AsSingle(),
        Vector256.Shuffle(previous._value, Vector256.Create(7, 7, 7, 7, 7, 7, 7, 7)),
        Vector256.Shuffle(value._value, Vector256.Create(0, 0, 1, 2, 3, 4, 5, 6))));

    public static V256 EqualTo(V256 left, V256 right) => new(Vector256.Equals(left._value, right._value));

    public static bool HasNaN(V256 value) => !Vector256.EqualsAll(value._value, value._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 LoadBytes(byte* source) => new(Vector256.ConvertToSingle(
        Avx2.ConvertToVector256Int32(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(source)).AsByte())));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreBytes(byte* destination)
    {
        Vector256<uint> whole = Vector256.ConvertToInt32Native(_value).AsUInt32();
        Vector128<ushort> halves = Vector128.Narrow(whole.GetLower(), whole.GetUpper());
        Unsafe.WriteUnaligned(destination, Vector128.Narrow(halves, halves).AsUInt64().ToScalar());
    }

    public void Store(float* destination) => _value.Store(destination);

    public static V256 LoadFirst(float* source, int count) => new(Avx.MaskLoad(source, MaskFirst(count)._value));

    public void StoreFirst(float* destination, int count) => Avx.MaskStore(destination, MaskFirst(count)._value, _value);

    private static Vector256<float> PowerOfTwo(Vector256<int> exponent) =>
        ((exponent + Vector256.Create(FloatBits.Bias)) << FloatBits.Fraction).AsSingle();
}
