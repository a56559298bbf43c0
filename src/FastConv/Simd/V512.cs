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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V512 Evens(V512 first, V512 second) => new(Vector512.ConditionalSelect(
        Vector512.Create(0, 0, 0, 0, 0, 0, 0, 0, -1, -1, -1, -1, -1, -1, -1, -1).AsSingle(),
        Vector512.Shuffle(second._value, Vector512.Create(0, 2, 4, 6, 8, 10, 12, 14, 0, 2, 4, 6, 8, 10, 12, 14)),
        Vector512.Shuffle(first._value, Vector512.Create(0, 2, 4, 6, 8, 10, 12, 14, 0, 2, 4, 6, 8, 10, 12, 14))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V512 Odds(V512 first, V512 second) => new(Vector512.ConditionalSelect(
        Vector512.Create(0, 0, 0, 0, 0, 0, 0, 0, -1, -1, -1, -1, -1, -1, -1, -1).AsSingle(),
        Vector512.Shuffle(second._value, Vector512.Create(1, 3, 5, 7, 9, 11, 13, 15, 1, 3, 5, 7, 9, 11, 13, 15)),
        Vector512.Shuffle(first._value, Vector512.Create(1, 3, 5, 7, 9, 11, 13, 15, 1, 3, 5, 7, 9, 11, 13, 15))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V512 InterleaveLow(V512 evens, V512 odds) => new(Vector512.ConditionalSelect(
        Vector512.Create(0, -1, 0, -1, 0, -1, 0, -1, 0, -1, 0, -1, 0, -1, 0, -1).AsSingle(),
        Vector512.Shuffle(odds._value, Vector512.Create(0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7)),
        Vector512.Shuffle(evens._value, Vector512.Create(0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V512 InterleaveHigh(V512 evens, V512 odds) => new(Vector512.ConditionalSelect(
        Vector512.Create(0, -1, 0, -1, 0, -1, 0, -1, 0, -1, 0, -1, 0, -1, 0, -1).AsSingle(),
        Vector512.Shuffle(odds._value, Vector512.Create(8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13, 14, 14, 15, 15)),
        Vector512.Shuffle(evens._value, Vector512.Create(8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13, 14, 14, 15, 15))));

    public void Store(float* destination) => _value.Store(destination);

    public static V512 LoadFirst(float* source, int count) => new(Avx512F.MaskLoad(source, MaskFirst(count)._value, Vector512<float>.Zero));

    public void StoreFirst(float* destination, int count) => Avx512F.MaskStore(destination, MaskFirst(count)._value, _value);
}
