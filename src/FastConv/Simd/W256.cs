using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FastConv.Simd;

/// <summary>4 words: AVX2.</summary>
internal readonly unsafe struct W256 : IWords<W256>
{
    private readonly Vector256<ulong> _value;

    private W256(Vector256<ulong> value) => _value = value;

    public static int Count => Vector256<ulong>.Count;

    public static W256 Numbers
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector256.Create(0ul, 2, 1, 3));
    }

    public static W256 Broadcast(ulong value) => new(Vector256.Create(value));

    public static W256 operator +(W256 left, W256 right) => new(left._value + right._value);

    public static W256 operator ^(W256 left, W256 right) => new(left._value ^ right._value);

    public static W256 Xor(W256 a, W256 b, W256 c) => new(a._value ^ b._value ^ c._value);

    public static W256 operator &(W256 left, W256 right) => new(left._value & right._value);

    public static W256 Product(W256 left, W256 right) => new(Avx2.Multiply(left._value.AsUInt32(), right._value.AsUInt32()));

    public static W256 UpperHalf(W256 value) => new(value._value >>> 32);

    public static W256 Join(W256 lower, W256 upper) =>
        new(Vector256.ConditionalSelect(Vector256.Create(0xFFFFFFFFul), lower._value, upper._value << 32));

    public static W256 FirstPairs(W256 first, W256 second) => new(Avx2.UnpackLow(first._value, second._value));

    public static W256 LastPairs(W256 first, W256 second) => new(Avx2.UnpackHigh(first._value, second._value));

    public static W256 HalvesAtLeast(W256 left, W256 right) =>
        new(Vector256.GreaterThanOrEqual(left._value.AsUInt32(), right._value.AsUInt32()).AsUInt64());

    public void Store(ulong* destination) => _value.Store(destination);
}
