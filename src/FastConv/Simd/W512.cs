using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FastConv.Simd;

/// <summary>8 words: AVX-512.</summary>
internal readonly unsafe struct W512 : IWords<W512>
{
    private readonly Vector512<ulong> _value;

    private W512(Vector512<ulong> value) => _value = value;

    public static int Count => Vector512<ulong>.Count;

    public static W512 Numbers
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector512.Create(0ul, 4, 1, 5, 2, 6, 3, 7));
    }

    public static W512 Broadcast(ulong value) => new(Vector512.Create(value));

    public static W512 operator +(W512 left, W512 right) => new(left._value + right._value);

    public static W512 operator ^(W512 left, W512 right) => new(left._value ^ right._value);

    public static W512 Xor(W512 a, W512 b, W512 c) => new(Avx512F.TernaryLogic(a._value, b._value, c._value, 0b1001_0110));

    public static W512 operator &(W512 left, W512 right) => new(left._value & right._value);

    public static W512 Product(W512 left, W512 right) => new(Avx512F.Multiply(left._value.AsUInt32(), right._value.AsUInt32()));

    public static W512 UpperHalf(W512 value) => new(value._value >>> 32);

    public static W512 Join(W512 lower, W512 upper) =>
        new(Vector512.ConditionalSelect(Vector512.Create(0xFFFFFFFFul), lower._value, upper._value << 32));

    public static W512 FirstPairs(W512 first, W512 second) => new(Avx512F.UnpackLow(first._value, second._value));

    public static W512 LastPairs(W512 first, W512 second) => new(Avx512F.UnpackHigh(first._value, second._value));

    public static W512 HalvesAtLeast(W512 left, W512 right) =>
        new(Vector512.GreaterThanOrEqual(left._value.AsUInt32(), right._value.AsUInt32()).AsUInt64());

    public void Store(ulong* destination) => _value.Store(destination);
}
