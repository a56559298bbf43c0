namespace FastConv.Simd;

/// <summary>One word, where the runtime has no vectors: a pair takes two.</summary>
internal readonly unsafe struct W1 : IWords<W1>
{
    private readonly ulong _value;

    private W1(ulong value) => _value = value;

    public static int Count => 1;

    public static W1 Numbers => default;

    public static W1 Broadcast(ulong value) => new(value);

    public static W1 operator +(W1 left, W1 right) => new(left._value + right._value);

    public static W1 operator ^(W1 left, W1 right) => new(left._value ^ right._value);

    public static W1 Xor(W1 a, W1 b, W1 c) => new(a._value ^ b._value ^ c._value);

    public static W1 operator &(W1 left, W1 right) => new(left._value & right._value);

    public static W1 Product(W1 left, W1 right) => new((ulong)(uint)left._value * (uint)right._value);

    public static W1 UpperHalf(W1 value) => new(value._value >> 32);

    public static W1 Join(W1 lower, W1 upper) => new((uint)lower._value | upper._value << 32);

    public static W1 FirstPairs(W1 first, W1 second) => first;

    public static W1 LastPairs(W1 first, W1 second) => second;

    public static W1 HalvesAtLeast(W1 left, W1 right) => new(
        ((uint)left._value >= (uint)right._value ? uint.MaxValue : 0ul)
        | (left._value >> 32 >= right._value >> 32 ? (ulong)uint.MaxValue << 32 : 0));

    public void Store(ulong* destination) => *destination = _value;
}
