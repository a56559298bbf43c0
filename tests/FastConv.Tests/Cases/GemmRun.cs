using FastConv.Tests.Reference;

namespace FastConv.Tests.Cases;

/// <summary>Calls the product in question: arguments as in <c>GemmPrimitives.Multiply</c> with leading dimensions.</summary>
internal delegate void GemmUnderTest(GemmCase sizes, Span<float> a, int lda, Span<float> b, int ldb, Span<float> c, int ldc);

/// <summary>Runs a product between guards and compares it with the definition.</summary>
internal static class GemmRun
{
    /// <param name="sizes">What to multiply.</param>
    /// <param name="padding">How much longer than their contents the rows of all three matrices are.</param>
    /// <param name="multiply">The product in question.</param>
    /// <param name="context">For the message.</param>
    public static void AssertIsTheDefinition(GemmCase sizes, int padding, GemmUnderTest multiply, string context = "")
    {
        (int lda, int ldb, int ldc) = (sizes.RowA + padding, sizes.RowB + padding, sizes.N + padding);
        float[] a = WithRowEnds(TestTensors.Random(1, sizes.LengthA), sizes.RowA, lda);
        float[] b = WithRowEnds(TestTensors.Random(2, sizes.LengthB), sizes.RowB, ldb);
        float[] old = sizes.Accumulate ? TestTensors.Random(3, sizes.LengthC) : TestTensors.NaNs(sizes.LengthC);
        var (guardedA, guardedB, guardedC) = (new GuardedValues(a), new GuardedValues(b), new GuardedValues(WithRowEnds(old, sizes.N, ldc)));

        multiply(sizes, guardedA.Span, lda, guardedB.Span, ldb, guardedC.Span, ldc);

        context = $"{context} {sizes}, rows {padding} apart";
        guardedC.AssertGuardsUntouched();
        double[] expected = Reference(TestTensors.ToDouble(a), TestTensors.ToDouble(b));
        double[] magnitude = Reference(ErrorBound.Absolute(TestTensors.ToDouble(a)), ErrorBound.Absolute(TestTensors.ToDouble(b)));
        for (int i = 0; i < expected.Length && sizes.Accumulate; i++)
        {
            expected[i] += old[i];
            magnitude[i] += Math.Abs(old[i]);
        }

        var product = new float[sizes.LengthC];
        for (int row = 0; row < sizes.M; row++)
        {
            Span<float> stored = guardedC.Span[(row * ldc)..];
            stored[..sizes.N].CopyTo(product.AsSpan(row * sizes.N));
            TestTensors.AssertUntouched(row < sizes.M - 1 ? stored[sizes.N..ldc] : []);
        }

        ErrorBound.AssertWithin(expected, magnitude, sizes.K + 1, product, context);

        double[] Reference(double[] left, double[] right) =>
            GemmReference.Multiply(sizes.M, sizes.N, sizes.K, left, lda, sizes.TransposeA, right, ldb, sizes.TransposeB);
    }

    // NaN between the rows; nothing after the last one.
    private static float[] WithRowEnds(float[] dense, int row, int leadingDimension)
    {
        int rows = dense.Length / row;
        float[] spread = TestTensors.NaNs((rows - 1) * leadingDimension + row);
        for (int i = 0; i < rows; i++)
        {
            dense.AsSpan(i * row, row).CopyTo(spread.AsSpan(i * leadingDimension));
        }

        return spread;
    }
}
