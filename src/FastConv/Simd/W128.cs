using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FastConv.Simd;

/// <summary>2 words: SSE2 or NEON.</summary>
internal readonly unsafe struct W128 : IWords<W128>
{
    private readonly Vector128<ulong> _value;

    private W128(Vector128<ulong> value) => _value = value;

    public static int Count => Vector128<ulong>.Count;

    public static W128 Numbers
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector128.Create(0ul, 1));
    }

    public static W128 Broadcast(ulong value) => new(Vector128.Create(value));

    public static W128 operator +(W128 left, W128 right) => new(left._value + right._value);

    public static W128 operator ^(W128 left, W128 right) => new(left._value ^ right._value);

    public static W128 Xor(W128 a, W128 b, W128 c) => new(a._value ^ b._value ^ c._value);

    public static W128 operator &(W128 left, W128 right) => new(left._value & right._value);

    public static W128 Product(W128 left, W128 right) => new(SimdDispatch.Product(left._value, right._value));

    public static W128 UpperHalf(W128 value) => new(value._value >>> 32);

    public static W128 Join(W128 lower, W128 upper) =>
        new(Vector128.ConditionalSelect(Vector128.Create(0xFFFFFFFFul), lower._value, upper._value << 32));

    public static W128 FirstPairs(W128 first, W128 second) => new(Vector128.Create(first._value.GetLower(), second._value.GetLower()));

    public static W128 LastPairs(W128 first, W128 second) => new(Vector128.Create(first._value.GetUpper(), second._value.GetUpper()));

    public static W128 HalvesAtLeast(W128 left, W128 right) =>
        new(Vector128.GreaterThanOrEqual(left._value.AsUInt32(), right._value.AsUInt32()).AsUInt64());

    public void Store(ulong* destination) => _value.Store(destination);
}
