using FastConv.Simd;

namespace FastConv.Tests.Simd;

/// <summary>Every operation of one vector type, lane by lane, against the same operation on plain floats.</summary>
internal static unsafe class VectorChecks<V>
    where V : struct, IVector<V>
{
    private const float Guard = 12345;

    private static readonly float[] Values =
    [
        0f, -0f, 1f, -1f, 1.5f, -2.25f, 3f, 0.1f, 1f / 3, 1e-20f, -1e20f, 1e38f, float.MaxValue, float.MinValue, float.Epsilon, -float.Epsilon,
        1.17549435e-38f, float.PositiveInfinity, float.NegativeInfinity, float.NaN, 16777217f, 0.99999994f, 1.0000001f, -7f,
    ];

    public static void LoadStoreBroadcast()
    {
        float[] source = [.. Enumerable.Range(0, V.Count + 3).Select(i => (float)i)];
        for (int offset = 0; offset <= 3; offset++)
        {
            var destination = new float[V.Count + 5];
            Array.Fill(destination, Guard);
            fixed (float* from = source, to = destination)
            {
                V.Load(from + offset).Store(to + 1 + offset);
            }

            float[] expected = [.. Enumerable.Repeat(Guard, 1 + offset), .. source[offset..(offset + V.Count)], .. Enumerable.Repeat(Guard, 4 - offset)];
            Assert.Equal(expected, destination);
        }

        Assert.Equal(new float[V.Count], Lanes(V.Zero));
        Assert.All(Lanes(V.Broadcast(-2.5f)), lane => Assert.Equal(-2.5f, lane));
        Assert.All(Lanes(V.Broadcast(float.NaN)), lane => Assert.True(float.IsNaN(lane)));
        Assert.InRange(V.Registers, 1, 32);
    }

    public static void Arithmetic()
    {
        Binary((left, right) => left + right, (left, right) => left + right, "+");
        Binary((left, right) => left - right, (left, right) => left - right, "-");
        Binary((left, right) => left * right, (left, right) => left * right, "*");
        Binary((left, right) => left / right, (left, right) => left / right, "/");
        Binary((left, _) => V.Sqrt(left), (left, _) => MathF.Sqrt(left), "sqrt");
    }

    // As Math.Max and Math.Min: NaN if either is NaN, and -0 is below +0.
    public static void MaxMin()
    {
        Binary(V.Max, MathF.Max, "max");
        Binary(V.Min, MathF.Min, "min");
    }

    // Of two zeros either may come.
    public static void MaxMinOrSecond()
    {
        Binary((left, right) => V.MaxOrSecond(left, right) + V.Zero, (left, right) => (left > right ? left : right) + 0f, "max or second", skipNaNLeft: true);
        Binary((left, right) => V.MinOrSecond(left, right) + V.Zero, (left, right) => (left < right ? left : right) + 0f, "min or second", skipNaNLeft: true);
    }

    public static void Signs()
    {
        Binary((left, _) => V.Abs(left), (left, _) => MathF.Abs(left), "abs");
        Binary(V.CopySign, MathF.CopySign, "copysign");
    }

    // Near the ends of the range too, where a result is subnormal, 0 or infinite.
    public static void PowersOfTwo()
    {
        for (int exponent = -250; exponent <= 250; exponent++)
        {
            foreach (float value in (float[])[0.70710678f, 0.9999999f, 1, 1.25f, 1.4142135f, -1.1f])
            {
                float expected = (float)Math.ScaleB(value, exponent);
                Assert.All(Lanes(V.Scale(V.Broadcast(value), V.Broadcast(exponent))), lane => Assert.Equal(expected, lane));
            }
        }

        Assert.All(Lanes(V.Scale(V.Broadcast(float.NaN), V.Broadcast(float.NaN))), lane => Assert.True(float.IsNaN(lane)));
    }

    public static void Mantissas()
    {
        foreach (float fraction in (float[])[0.75f, 0.7500001f, 0.9999999f, 1, 1.0000001f, 1.25f, 1.4999999f])
        {
            for (int exponent = -125; exponent <= 127; exponent++)
            {
                V mantissa = V.Mantissa(V.Broadcast(MathF.ScaleB(fraction, exponent)), out V actual);
                Assert.All(Lanes(mantissa), lane => Assert.Equal(fraction, lane));
                Assert.All(Lanes(actual), lane => Assert.Equal(exponent, lane));
            }
        }

        for (int exponent = -149; exponent < -126; exponent++)
        {
            V mantissa = V.Mantissa(V.Broadcast(MathF.ScaleB(1, exponent)), out V actual);
            Assert.All(Lanes(mantissa), lane => Assert.Equal(1, lane));
            Assert.All(Lanes(actual), lane => Assert.Equal(exponent, lane));
        }
    }

    public static void Comparisons()
    {
        Binary(V.GreaterThan, (left, right) => Mask(left > right), ">", exactBits: true);
        Binary(V.EqualTo, (left, right) => Mask(left == right), "==", exactBits: true);
        Binary(V.GreaterThanOrEqual, (left, right) => Mask(left >= right), ">=", exactBits: true);
        Binary(
            (left, right) => V.Select(V.GreaterThan(left, right), left, V.Broadcast(7)),
            (left, right) => left > right ? left : 7,
            "select");
        Binary(
            (left, right) => V.Select(V.GreaterThanOrEqual(left, left), right, left), // not a number: not equal to itself
            (left, right) => float.IsNaN(left) ? left : right,
            "select number");
    }

    public static void FusedMultiplyAdd()
    {
        foreach (float addend in Values)
        {
            Binary(
                (left, right) => V.FusedMultiplyAdd(left, right, V.Broadcast(addend)),
                (left, right) => SimdDispatch.HasFusedMultiplyAdd ? MathF.FusedMultiplyAdd(left, right, addend) : left * right + addend,
                $"fma {addend}");
            Binary(
                (left, right) => V.FusedMultiplyAdd(addend, left, right),
                (left, right) => SimdDispatch.HasFusedMultiplyAdd ? MathF.FusedMultiplyAdd(addend, left, right) : addend * left + right,
                $"fma of the scalar {addend}");
        }
    }

    public static void MaskFirst()
    {
        for (int count = -1; count <= V.Count + 1; count++)
        {
            float[] lanes = Lanes(V.Select(V.MaskFirst(count), V.Broadcast(1), V.Broadcast(2)));
            Assert.Equal(Enumerable.Range(0, V.Count).Select(lane => lane < count ? 1f : 2f), lanes);
        }
    }

    // One lane has one element that is even, and one that is odd: the first and the second vector.
    public static void DeinterleavedVectors_InterleaveToThemselves()
    {
        float[] numbers = [.. Enumerable.Range(0, 2 * V.Count).Select(i => (float)i)];
        fixed (float* pointer = numbers)
        {
            V first = V.Load(pointer);
            V second = V.Load(pointer + V.Count);
            V evens = V.Evens(first, second);
            V odds = V.Odds(first, second);
            Assert.Equal(numbers.Where((_, i) => i % 2 == 0), Lanes(evens));
            Assert.Equal(numbers.Where((_, i) => i % 2 == 1), Lanes(odds));
            Assert.Equal(numbers, Lanes(V.InterleaveLow(evens, odds)).Concat(Lanes(V.InterleaveHigh(evens, odds))));
        }
    }

    public static void EveryThird()
    {
        float[] numbers = [.. Enumerable.Range(0, 3 * V.Count).Select(i => (float)i)];
        fixed (float* pointer = numbers)
        {
            V thirds = V.EveryThird(V.Load(pointer), V.Load(pointer + V.Count), V.Load(pointer + 2 * V.Count));
            Assert.Equal(numbers.Where((_, i) => i % 3 == 0), Lanes(thirds));
        }
    }

    public static void OneBack()
    {
        float[] numbers = [.. Enumerable.Range(0, 2 * V.Count).Select(i => (float)i)];
        fixed (float* pointer = numbers)
        {
            Assert.Equal(numbers[(V.Count - 1)..^1], Lanes(V.OneBack(V.Load(pointer), V.Load(pointer + V.Count))));
        }
    }

    // Every byte there is comes in as its number and goes out again; nothing beside the lanes is touched.
    public static void Bytes()
    {
        byte[] all = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        var stored = new byte[V.Count + 2];
        fixed (byte* from = all, to = stored)
        {
            for (int start = 0; start <= all.Length - V.Count; start++)
            {
                Array.Fill(stored, (byte)77);
                V numbers = V.LoadBytes(from + start);
                numbers.StoreBytes(to + 1);
                Assert.Equal(all[start..(start + V.Count)].Select(value => (float)value), Lanes(numbers));
                Assert.Equal([77, .. all[start..(start + V.Count)], 77], stored);
            }
        }
    }

    public static void HasNaN()
    {
        float[] lanes = [.. Enumerable.Range(0, V.Count).Select(i => i % 2 == 0 ? float.PositiveInfinity : -0f)];
        Assert.False(HasNaN(lanes));
        for (int lane = 0; lane < V.Count; lane++)
        {
            Assert.True(HasNaN([.. lanes[..lane], float.NaN, .. lanes[(lane + 1)..]]));
        }

        static bool HasNaN(float[] values)
        {
            fixed (float* pointer = values)
            {
                return V.HasNaN(V.Load(pointer));
            }
        }
    }

    /// <summary>The sum of products over 16 lanes, as reductions make it.</summary>
    public static float[] SixteenLaneSums(float[] x, float[] y)
    {
        Assert.Equal(SimdDispatch.ReductionLanes, V.Count);
        V sum = V.Zero;
        fixed (float* pointerX = x, pointerY = y)
        {
            for (int i = 0; i + V.Count <= x.Length; i += V.Count)
            {
                sum = V.FusedMultiplyAdd(V.Load(pointerX + i), V.Load(pointerY + i), sum);
            }
        }

        return Lanes(sum);
    }

    private static void Binary(Func<V, V, V> operation, Func<float, float, float> expected, string name, bool exactBits = false, bool skipNaNLeft = false)
    {
        float[] left = [.. Values.SelectMany(_ => Values)];
        float[] right = [.. Values.SelectMany(value => Enumerable.Repeat(value, Values.Length))];
        for (int start = 0; start < left.Length; start += V.Count)
        {
            float[] a = Slice(left, start);
            float[] b = Slice(right, start);
            float[] actual;
            fixed (float* pointerA = a, pointerB = b)
            {
                actual = Lanes(operation(V.Load(pointerA), V.Load(pointerB)));
            }

            for (int lane = 0; lane < V.Count; lane++)
            {
                if (skipNaNLeft && float.IsNaN(a[lane]))
                {
                    continue;
                }

                float wanted = expected(a[lane], b[lane]);
                bool isRight = (!exactBits && float.IsNaN(wanted) && float.IsNaN(actual[lane]))
                    || BitConverter.SingleToInt32Bits(wanted) == BitConverter.SingleToInt32Bits(actual[lane]);
                Assert.True(isRight, isRight ? null : $"{name} of {a[lane]:G9} and {b[lane]:G9}: expected {wanted:G9}, got {actual[lane]:G9}");
            }
        }
    }

    private static float Mask(bool isSet) => BitConverter.Int32BitsToSingle(isSet ? -1 : 0);

    private static float[] Slice(float[] values, int start) =>
        [.. Enumerable.Range(0, V.Count).Select(i => values[(start + i) % values.Length])];

    private static float[] Lanes(V vector)
    {
        var lanes = new float[V.Count];
        fixed (float* pointer = lanes)
        {
            vector.Store(pointer);
        }

        return lanes;
    }
}
