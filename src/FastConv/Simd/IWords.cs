namespace FastConv.Simd;

/// <summary>
/// A vector of 64-bit words, as integer generators need it: products of 32-bit halves, and results as 32-bit lanes. What lies in the upper
/// half of a factor does not matter.
/// </summary>
/// <typeparam name="TSelf">The struct that implements it.</typeparam>
internal unsafe interface IWords<TSelf>
    where TSelf : struct, IWords<TSelf>
{
    /// <summary>Words.</summary>
    static abstract int Count { get; }

    /// <summary>Numbers from 0 on, in the order that makes <see cref="FirstPairs"/> and <see cref="LastPairs"/> ascend.</summary>
    static abstract TSelf Numbers { get; }

    static abstract TSelf Broadcast(ulong value);

    static abstract TSelf operator +(TSelf left, TSelf right);

    static abstract TSelf operator ^(TSelf left, TSelf right);

    /// <summary>Of three.</summary>
    static abstract TSelf Xor(TSelf a, TSelf b, TSelf c);

    static abstract TSelf operator &(TSelf left, TSelf right);

    /// <summary>The 64-bit product of the lower halves.</summary>
    static abstract TSelf Product(TSelf left, TSelf right);

    /// <summary>The upper half, moved down.</summary>
    static abstract TSelf UpperHalf(TSelf value);

    /// <summary>Both lower halves in one word.</summary>
    static abstract TSelf Join(TSelf lower, TSelf upper);

    /// <summary>Words of both, alternating, for the first half of <see cref="Numbers"/>.</summary>
    static abstract TSelf FirstPairs(TSelf first, TSelf second);

    /// <summary>Words of both, alternating, for the second half of <see cref="Numbers"/>.</summary>
    static abstract TSelf LastPairs(TSelf first, TSelf second);

    /// <summary>All bits of a half set where it is at least as large, unsigned.</summary>
    static abstract TSelf HalvesAtLeast(TSelf left, TSelf right);

    void Store(ulong* destination);
}
