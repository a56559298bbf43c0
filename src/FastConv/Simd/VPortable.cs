using System.Numerics;
using System.Runtime.CompilerServices;

namespace FastConv.Simd;

/// <summary>As many lanes as <see cref="Vector{T}"/> has: whatever vectors the runtime knows on a CPU that the other widths were not written for.</summary>
internal readonly unsafe struct VPortable : IVector<VPortable>
{
    private readonly Vector<float> _value;

    private VPortable(Vector<float> value) => _value = value;

    public static int Count => Vector<float>.Count;

    public static int Registers => SimdDispatch.Registers;

    public static VPortable Zero => new(Vector<float>.Zero);

    public static VPortable Broadcast(float value) => new(new Vector<float>(value));

    public static VPortable Load(float* source) => new(Vector.Load(source));

    public static VPortable operator +(VPortable left, VPortable right) => new(left._value + right._value);

    public static VPortable operator -(VPortable left, VPortable right) => new(left._value - right._value);

    public static VPortable operator *(VPortable left, VPortable right) => new(left._value * right._value);

    public static VPortable operator /(VPortable left, VPortable right) => new(left._value / right._value);

    public static VPortable FusedMultiplyAdd(VPortable left, VPortable right, VPortable addend) =>
        new(SimdDispatch.HasFusedMultiplyAdd
            ? Vector.FusedMultiplyAdd(left._value, right._value, addend._value)
            : left._value * right._value + addend._value);

    public static VPortable FusedMultiplyAdd(float left, VPortable right, VPortable addend) => FusedMultiplyAdd(Broadcast(left), right, addend);

    public static VPortable Max(VPortable left, VPortable right) => new(Vector.Max(left._value, right._value));

    public static VPortable Min(VPortable left, VPortable right) => new(Vector.Min(left._value, right._value));

    public static VPortable MaxOrSecond(VPortable first, VPortable second) => new(Vector.MaxNative(first._value, second._value));

    public static VPortable MinOrSecond(VPortable first, VPortable second) => new(Vector.MinNative(first._value, second._value));

    public static VPortable Sqrt(VPortable value) => new(Vector.SquareRoot(value._value));

    public static VPortable Abs(VPortable value) => new(Vector.Abs(value._value));

    public static VPortable CopySign(VPortable value, VPortable sign) => new(Vector.CopySign(value._value, sign._value));

    // In two factors, of which only the second can leave the range of normal numbers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VPortable Scale(VPortable value, VPortable exponent)
    {
        Vector<int> whole = Vector.ConvertToInt32Native(exponent._value);
        Vector<int> half = whole >> 1;
        return new(value._value * PowerOfTwo(half) * PowerOfTwo(whole - half));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VPortable Mantissa(VPortable value, out VPortable exponent)
    {
        Vector<int> isSubnormal = Vector.LessThan(value._value, new Vector<float>(FloatBits.SmallestNormal));
        Vector<float> normal = Vector.ConditionalSelect(isSubnormal, value._value * new Vector<float>(FloatBits.FractionScale), value._value);
        Vector<int> whole = (Vector.AsVectorInt32(normal) - new Vector<int>(FloatBits.ThreeQuarters)) >> FloatBits.Fraction;
        Vector<float> shift = Vector.ConditionalSelect(isSubnormal, new Vector<float>((float)FloatBits.Fraction), Vector<float>.Zero);
        exponent = new(Vector.ConvertToSingle(whole) - shift);
        return new(Vector.AsVectorSingle((Vector.AsVectorInt32(normal) - (whole << FloatBits.Fraction))));
    }

    public static VPortable GreaterThan(VPortable left, VPortable right) => new(Vector.AsVectorSingle(Vector.GreaterThan(left._value, right._value)));

    public static VPortable GreaterThanOrEqual(VPortable left, VPortable right) =>
        new(Vector.AsVectorSingle(Vector.GreaterThanOrEqual(left._value, right._value)));

    public static VPortable Select(VPortable mask, VPortable whenSet, VPortable otherwise) =>
        new(Vector.ConditionalSelect(Vector.AsVectorInt32(mask._value), whenSet._value, otherwise._value));

    public static VPortable MaskFirst(int count) =>
        new(Vector.AsVectorSingle(Vector.GreaterThan(new Vector<int>(count), Vector<int>.Indices)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VPortable Evens(VPortable first, VPortable second) => Every2nd(first, second, 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VPortable Odds(VPortable first, VPortable second) => Every2nd(first, second, 1);

    public static VPortable EveryThird(VPortable first, VPortable second, VPortable third)
    {
        float* lanes = stackalloc float[3 * Count];
        first.Store(lanes);
        second.Store(lanes + Count);
        third.Store(lanes + 2 * Count);
        for (int i = 0; i < Count; i++)
        {
            lanes[i] = lanes[3 * i];
        }

        return Load(lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VPortable InterleaveLow(VPortable evens, VPortable odds) => Alternate(evens, odds, 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VPortable InterleaveHigh(VPortable evens, VPortable odds) => Alternate(evens, odds, Count / 2);

    public static VPortable OneBack(VPortable previous, VPortable value)
    {
        float* lanes = stackalloc float[2 * Count];
        previous.Store(lanes);
        value.Store(lanes + Count);
        return Load(lanes + Count - 1);
    }

    public static VPortable EqualTo(VPortable left, VPortable right) => new(Vector.AsVectorSingle(Vector.Equals(left._value, right._value)));

    public static bool HasNaN(VPortable value) => !Vector.EqualsAll(value._value, value._value);

    public static VPortable LoadBytes(byte* source)
    {
        float* lanes = stackalloc float[Count];
        for (int i = 0; i < Count; i++)
        {
            lanes[i] = source[i];
        }

        return Load(lanes);
    }

    public void StoreBytes(byte* destination)
    {
        float* lanes = stackalloc float[Count];
        Store(lanes);
        for (int i = 0; i < Count; i++)
        {
            destination[i] = (byte)lanes[i];
        }
    }

    public void Store(float* destination) => _value.Store(destination);

    public static VPortable LoadFirst(float* source, int count) => FirstLanes.Load<VPortable>(source, count);

    public void StoreFirst(float* destination, int count) => FirstLanes.Store(this, destination, count);

    private static Vector<float> PowerOfTwo(Vector<int> exponent) =>
        Vector.AsVectorSingle((exponent + new Vector<int>(FloatBits.Bias)) << FloatBits.Fraction);

    // Through memory: vectors of unknown width have no shuffles.
    private static VPortable Every2nd(VPortable first, VPortable second, int from)
    {
        float* lanes = stackalloc float[2 * Count];
        first.Store(lanes);
        second.Store(lanes + Count);
        for (int i = 0; i < Count; i++)
        {
            lanes[i] = lanes[2 * i + from];
        }

        return Load(lanes);
    }

    private static VPortable Alternate(VPortable evens, VPortable odds, int from)
    {
        float* lanes = stackalloc float[3 * Count];
        evens.Store(lanes);
        odds.Store(lanes + Count);
        for (int i = 0; i < Count; i++)
        {
            lanes[2 * Count + i] = lanes[i % 2 * Count + from + i / 2];
        }

        return Load(lanes + 2 * Count);
    }
}
