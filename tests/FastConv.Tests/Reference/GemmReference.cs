namespace FastConv.Tests.Reference;

/// <summary>The product of two matrices by its definition, in double precision. Arguments as in <c>GemmPrimitives.Multiply</c>.</summary>
internal static class GemmReference
{
    /// <returns>[m, n], dense.</returns>
    public static double[] Multiply(int m, int n, int k, double[] a, int lda, bool transposeA, double[] b, int ldb, bool transposeB)
    {
        var c = new double[m * n];
        for (int row = 0; row < m; row++)
        {
            for (int column = 0; column < n; column++)
            {
                double sum = 0;
                for (int p = 0; p < k; p++)
                {
                    sum += (transposeA ? a[p * lda + row] : a[row * lda + p]) * (transposeB ? b[column * ldb + p] : b[p * ldb + column]);
                }

                c[row * n + column] = sum;
            }
        }

        return c;
    }
}
