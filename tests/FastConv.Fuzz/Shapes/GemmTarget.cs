using FastConv.Primitives;
using FastConv.Tests.Reference;

namespace FastConv.Fuzz.Shapes;

/// <summary>Products with any storage and any distance between rows.</summary>
internal sealed class GemmTarget() : ShapeTarget("gemm")
{
    protected override string Run(Random random)
    {
        int most = random.Next(4) == 0 ? 200 : 40;
        (int m, int n, int k) = (Size(random, most), Size(random, most), Size(random, most));
        (bool transposeA, bool transposeB) = (random.Next(2) == 0, random.Next(2) == 0);
        (int rowA, int rowB) = (transposeA ? m : k, transposeB ? k : n);
        (int lda, int ldb, int ldc) = (Leading(random, rowA), Leading(random, rowB), Leading(random, n));
        bool isRight = m > 0 && n > 0 && k > 0 && lda >= rowA && ldb >= rowB && ldc >= n;
        float[] a = Values(random, Length(random, transposeA ? k : m, lda, rowA, ref isRight));
        float[] b = Values(random, Length(random, transposeB ? n : k, ldb, rowB, ref isRight));
        float[] c = Unwritten(Length(random, m, ldc, n, ref isRight));
        if (!Ran(() => GemmPrimitives.Multiply(m, n, k, a, lda, transposeA, b, ldb, transposeB, c, ldc), c, isRight))
        {
            return "refused";
        }

        double[] expected = GemmReference.Multiply(m, n, k, Doubles(a), lda, transposeA, Doubles(b), ldb, transposeB);
        AssertClose($"{m} x {n} x {k}", expected, [.. Enumerable.Range(0, m).SelectMany(row => c.AsSpan(row * ldc, n).ToArray())]);
        return $"right {transposeA} {transposeB} {ldc == n}";
    }

    private static int Leading(Random random, int row) => unchecked(row + (random.Next(3) == 0 ? random.Next(-1, 6) : 0));

    // Of a matrix that may end with its last row's last element; a size that nobody means has a span of a few.
    private static int Length(Random random, int rows, int leading, int row, ref bool isRight)
    {
        long length = (rows - 1L) * leading + row;
        if (length is < 0 or > MostProducts)
        {
            isRight = false;
            return 7;
        }

        int change = random.Next(40) == 0 ? random.Next(-2, 3) : 0;
        isRight &= change >= 0;
        return Math.Max(0, (int)length + change);
    }
}
