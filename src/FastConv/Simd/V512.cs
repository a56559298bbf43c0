using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FastConv.Simd;

/// <summary>16 lanes: AVX-512.</summary>
internal readonly unsafe struct V512 : IVector<V512>
{
    private readonly Vector512<float> _value;

    private V512(Vector512<float> value) => _value = value;

    public static int Count => Vector512<float>.Count;

    public static int Registers => 32;

    public static V512 Zero => new(Vector512<float>.Zero);

    public static V512 Broadcast(float value) => new(Vector512.Create(value));

    public static V512 Load(float* source) => new(Vector512.Load(source));

    public static V512 operator +(V512 left, V512 right) => new(left._value + right._value);

    public static V512 operator -(V512 left, V512 right) => new(left._value - right._value);

    public static V512 operator *(V512 left, V512 right) => new(left._value * right._value);

    public static V512 operator /(V512 left, V512 right) => new(left._value / right._value);

    public static V512 FusedMultiplyAdd(V512 left, V512 right, V512 addend) =>
        new(Vector512.FusedMultiplyAdd(left._value, right._value, addend._value));

    public static V512 FusedMultiplyAdd(float left, V512 right, V512 addend) =>
        new(Vector512.FusedMultiplyAdd(Vector512.Create(left), right._value, addend._value));

    public static V512 Max(V512 left, V512 right) => new(Vector512.Max(left._value, right._value));

    public static V512 Min(V512 left, V512 right) => new(Vector512.Min(left._value, right._value));

    public static V512 MaxOrSecond(V512 first, V512 second) => new(Vector512.MaxNative(first._value, second._value));

    public static V512 MinOrSecond(V512 first, V512 second) => new(Vector512.MinNative(first._value, second._value));

    public static V512 Sqrt(V512 value) => new(Vector512.Sqrt(value._value));

    public static V512 Abs(V512 value) => new(Vector512.Abs(value._value));

    public static V512 CopySign(V512 value, V512 sign) => new(Vector512.CopySign(value._value, sign._value));

    public static V512 Scale(V512 value, V512 exponent) => new(Avx512F.Scale(value._value, exponent._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V512 Mantissa(V512 value, out V512 exponent)
    {
        const byte FromThreeQuarters = 3;
        Vector512<float> mantissa = Avx512F.GetMantissa(value._value, FromThreeQuarters);
        exponent = new(Avx512F.GetExponent(value._value) - Avx512F.GetExponent(mantissa));
        return new(mantissa);
    }

    public static V512 GreaterThan(V512 left, V512 right) => new(Vector512.GreaterThan(left._value, right._value));

    public static V512 GreaterThanOrEqual(V512 left, V512 right) => new(Vector512.GreaterThanOrEqual(left._value, right._value));

    public static V512 Select(V512 mask, V512 whenSet, V512 otherwise) =>
        new(Vector512.ConditionalSelect(mask._value, whenSet._value, otherwise._value));

    public static V512 MaskFirst(int count) => new(Vector512.GreaterThan(Vector512.Create(count), Vector512<int>.Indices).AsSingle());

    // Indices from 16 on name lanes of the second vector.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V512 Evens(V512 first, V512 second) => new(Avx512F.PermuteVar16x32x2(
        first._value, Vector512.Create(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30), second._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V512 Odds(V512 first, V512 second) => new(Avx512F.PermuteVar16x32x2(
        first._value, Vector512.Create(1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31), second._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V512 EveryThird(V512 first, V512 second, V512 third)
    {
        Vector512<float> eleven = Avx512F.PermuteVar16x32x2(
            first._value, Vector512.Create(0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 0, 0, 0, 0, 0), second._value);
        return new(Avx512F.PermuteVar16x32x2(eleven, Vector512.Create(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 17, 20, 23, 26, 29), third._value));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V512 InterleaveLow(V512 evens, V512 odds) => new(Avx512F.PermuteVar16x32x2(
        evens._value, Vector512.Create(0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23), odds._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V512 InterleaveHigh(V512 evens, V512 odds) => new(Avx512F.PermuteVar16x32x2(
        evens._value, Vector512.Create(8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31), odds._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V512 OneBack(V512 previous, V512 value) =>
        new(Avx512F.AlignRight32(value._value.AsInt32(), previous._value.AsInt32(), 15).AsSingle());

    public static V512 EqualTo(V512 left, V512 right) => new(Vector512.Equals(left._value, right._value));

    public static bool HasNaN(V512 value) => !Vector512.EqualsAll(value._value, value._value);

    public static V512 LoadBytes(byte* source) => new(Vector512.ConvertToSingle(Avx512F.ConvertToVector512Int32(Vector128.Load(source))));

    public void StoreBytes(byte* destination) => Avx512F.ConvertToVector128Byte(Vector512.ConvertToInt32Native(_value)).Store(destination);

    public void Store(float* destination) => _value.Store(destination);

    public static V512 LoadFirst(float* source, int count) => new(Avx512F.MaskLoad(source, MaskFirst(count)._value, Vector512<float>.Zero));

    public void StoreFirst(float* destination, int count) => Avx512F.MaskStore(destination, MaskFirst(count)._value, _value);
}
