namespace FastConv.Benchmarks.Suites.Scalar;

/// <summary>C = A * B in three loops, in the order that walks along rows.</summary>
internal static class ScalarGemm
{
    public static void Multiply(int m, int n, int k, ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> c)
    {
        c.Clear();
        for (int row = 0; row < m; row++)
        {
            Span<float> output = c.Slice(row * n, n);
            for (int inner = 0; inner < k; inner++)
            {
                float factor = a[row * k + inner];
                ReadOnlySpan<float> from = b.Slice(inner * n, n);
                for (int column = 0; column < output.Length; column++)
                {
                    output[column] += factor * from[column];
                }
            }
        }
    }
}
