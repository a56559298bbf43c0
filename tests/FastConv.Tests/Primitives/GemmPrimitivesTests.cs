using FastConv.Primitives;
using FastConv.Tests.Cases;
using FastConv.Tests.Reference;

namespace FastConv.Tests.Primitives;

public sealed class GemmPrimitivesTests
{
    [Theory]
    [MemberData(nameof(GemmCase.AllM), MemberType = typeof(GemmCase))]
    public void Multiply_IsTheDefinition(int m)
    {
        foreach (GemmCase sizes in GemmCase.OfM(m))
        {
            GemmRun.AssertIsTheDefinition(sizes, padding: 0, MultiplyDense);
        }
    }

    [Fact]
    public void Multiply_IsTheDefinition_AtBlockBoundaries()
    {
        foreach (GemmCase sizes in GemmCase.AtBlockBoundaries())
        {
            GemmRun.AssertIsTheDefinition(sizes, padding: 0, MultiplyDense);
        }
    }

    [Fact]
    public void Multiply_IsTheDefinition_OnSeveralThreads()
    {
        foreach (GemmCase sizes in GemmCase.Parallel())
        {
            GemmRun.AssertIsTheDefinition(sizes, padding: 0, MultiplyDense);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public void LeadingDimensions_LeaveWhatIsBetweenRowsAlone(int padding)
    {
        foreach (int m in (int[])[1, 7, 13])
        {
            foreach (GemmCase sizes in GemmCase.OfM(m).Where((_, index) => index % 7 == 0))
            {
                GemmRun.AssertIsTheDefinition(sizes, padding, MultiplyStrided);
            }
        }
    }

    // Sums that run over k in ascending order in float, product and sum rounded apart, set the standard.
    [Theory]
    [InlineData(1000)]
    [InlineData(5000)]
    public void Error_IsNoLargerThanThatOfAPlainSum(int k)
    {
        const int M = 24;
        const int N = 40;
        float[] a = TestTensors.Random(1, M * k);
        float[] b = TestTensors.Random(2, k * N);
        float[] product = TestTensors.NaNs(M * N);
        GemmPrimitives.Multiply(M, N, k, a, transposeA: false, b, transposeB: false, product);
        double[] expected = GemmReference.Multiply(M, N, k, TestTensors.ToDouble(a), k, false, TestTensors.ToDouble(b), N, false);
        var plain = new float[M * N];
        for (int i = 0; i < plain.Length; i++)
        {
            for (int p = 0; p < k; p++)
            {
                plain[i] += a[i / N * k + p] * b[p * N + i % N];
            }
        }

        Assert.InRange(ErrorBound.RootMeanSquareError(expected, product), 0, 2 * ErrorBound.RootMeanSquareError(expected, plain));
    }

    [Fact]
    public void NotANumber_StaysInItsRowAndColumn()
    {
        const int Side = 29;
        float[] a = TestTensors.Random(1, Side * Side);
        float[] b = TestTensors.Random(2, Side * Side);
        a[3 * Side + 28] = float.NaN; // row 3
        b[5 * Side + 17] = float.PositiveInfinity; // column 17
        var c = new float[Side * Side];
        GemmPrimitives.Multiply(Side, Side, Side, a, transposeA: false, b, transposeB: false, c);

        for (int i = 0; i < c.Length; i++)
        {
            Assert.Equal(i / Side != 3 && i % Side != 17, float.IsFinite(c[i]));
        }
    }

    [Theory]
    [InlineData(0, 2, 2)]
    [InlineData(2, -1, 2)]
    [InlineData(2, 2, 0)]
    public void SizesBelowOne_AreRefused(int m, int n, int k)
    {
        float[] c = TestTensors.NaNs(4);

        Assert.Throws<ArgumentOutOfRangeException>(() => GemmPrimitives.Multiply(m, n, k, new float[4], false, new float[4], false, c));
        Assert.Throws<ArgumentOutOfRangeException>(() => GemmPrimitives.Multiply(m, n, k, new float[4], 2, false, new float[4], 2, false, c, 2));
        TestTensors.AssertUntouched(c);
    }

    [Theory]
    [InlineData(11, 20, 15, "a expects 12 elements, received 11.")]
    [InlineData(13, 20, 15, "a expects 12 elements, received 13.")]
    [InlineData(12, 19, 15, "b expects 20 elements, received 19.")]
    [InlineData(12, 20, 14, "c expects 15 elements, received 14.")]
    [InlineData(12, 20, 16, "c expects 15 elements, received 16.")]
    [InlineData(12, 20, 0, "c expects 15 elements, received 0.")]
    public void WrongLengths_AreRefused(int lengthA, int lengthB, int lengthC, string message)
    {
        float[] c = TestTensors.NaNs(lengthC);
        foreach (bool transpose in (bool[])[false, true])
        {
            var error = Assert.Throws<ArgumentException>(
                () => GemmPrimitives.Multiply(3, 5, 4, new float[lengthA], transpose, new float[lengthB], transpose, c));
            Assert.Contains(message, error.Message, StringComparison.Ordinal);
        }

        TestTensors.AssertUntouched(c);
    }

    [Theory]
    [InlineData(3, 5, 5, 13, 20, 15)] // lda below a's row
    [InlineData(4, 4, 5, 12, 19, 15)] // ldb below b's row
    [InlineData(4, 5, 4, 12, 20, 14)] // ldc below c's row
    [InlineData(6, 5, 5, 15, 20, 15)] // a too short by one: (3 - 1) * 6 + 4
    [InlineData(4, 7, 5, 12, 25, 15)] // b too short by one: (4 - 1) * 7 + 5
    [InlineData(4, 5, 8, 12, 20, 20)] // c too short by one: (3 - 1) * 8 + 5
    [InlineData(int.MaxValue, 5, 5, 100, 20, 15)]
    public void ImpossibleLeadingDimensions_AreRefused(int lda, int ldb, int ldc, int lengthA, int lengthB, int lengthC)
    {
        float[] c = TestTensors.NaNs(lengthC);

        Assert.ThrowsAny<ArgumentException>(
            () => GemmPrimitives.Multiply(3, 5, 4, new float[lengthA], lda, false, new float[lengthB], ldb, false, c, ldc));
        TestTensors.AssertUntouched(c);
    }

    [Fact]
    public void SizesWhoseProductOverflows_AreRefused() => Assert.ThrowsAny<ArgumentException>(
        () => GemmPrimitives.Multiply(1 << 16, 1 << 16, 1 << 16, [], false, [], false, []));

    [Fact]
    public void ResultInTheMemoryOfAnOperand_IsRefused()
    {
        float[] memory = TestTensors.NaNs(100);

        Assert.Throws<ArgumentException>(() => GemmPrimitives.Multiply(3, 5, 4, memory.AsSpan(0, 12), false, new float[20], false, memory.AsSpan(11, 15)));
        Assert.Throws<ArgumentException>(() => GemmPrimitives.Multiply(3, 5, 4, new float[12], false, memory.AsSpan(14, 20), false, memory.AsSpan(0, 15)));
        TestTensors.AssertUntouched(memory);
    }

    private static void MultiplyDense(GemmCase sizes, Span<float> a, int lda, Span<float> b, int ldb, Span<float> c, int ldc) =>
        GemmPrimitives.Multiply(sizes.M, sizes.N, sizes.K, a, sizes.TransposeA, b, sizes.TransposeB, c, sizes.Accumulate);

    private static void MultiplyStrided(GemmCase sizes, Span<float> a, int lda, Span<float> b, int ldb, Span<float> c, int ldc) =>
        GemmPrimitives.Multiply(sizes.M, sizes.N, sizes.K, a, lda, sizes.TransposeA, b, ldb, sizes.TransposeB, c, ldc, sizes.Accumulate);
}
