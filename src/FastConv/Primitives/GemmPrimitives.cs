using FastConv.Kernels.Gemm;
using FastConv.Memory;
using FastConv.Parallelism;
using FastConv.Shapes;
using FastConv.Simd;

namespace FastConv.Primitives;

/// <summary>Products of row-major matrices.</summary>
public static unsafe class GemmPrimitives
{
    private const string Op = "Gemm.Multiply";

    // Below this many multiply-adds a cell, a dispatch costs more than another core brings.
    private const long MultiplyAddsPerThread = 1 << 18;

    // Rows of A that a transposed B is not packed for.
    private const int MostDotRows = 2;

    /// <summary>C[m, n] = A[m, k] * B[k, n], or C += A * B. Matrices are dense; a transposed one is stored as its transpose.</summary>
    /// <param name="m">Rows of A and C.</param>
    /// <param name="n">Columns of B and C.</param>
    /// <param name="k">Columns of A and rows of B.</param>
    /// <param name="a">[m, k], or [k, m] if <paramref name="transposeA"/>.</param>
    /// <param name="transposeA">Whether A is stored transposed.</param>
    /// <param name="b">[k, n], or [n, k] if <paramref name="transposeB"/>.</param>
    /// <param name="transposeB">Whether B is stored transposed.</param>
    /// <param name="c">[m, n].</param>
    /// <param name="accumulate">Whether the product is added to C.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size below 1.</exception>
    /// <exception cref="ArgumentException">A span of the wrong length, or C overlaps A or B.</exception>
    public static void Multiply(
        int m, int n, int k, ReadOnlySpan<float> a, bool transposeA, ReadOnlySpan<float> b, bool transposeB, Span<float> c, bool accumulate = false)
    {
        var shape = new GemmShape(m, n, k);
        Require.Length(Op, nameof(a), Require.Product(Op, nameof(m), m, nameof(k), k), a.Length);
        Require.Length(Op, nameof(b), Require.Product(Op, nameof(k), k, nameof(n), n), b.Length);
        Require.Length(Op, nameof(c), Require.Product(Op, nameof(m), m, nameof(n), n), c.Length);
        Multiply(shape, a, transposeA ? m : k, transposeA, b, transposeB ? k : n, transposeB, c, n, accumulate);
    }

    /// <summary>The same with rows further apart than they are long.</summary>
    /// <param name="m">Rows of A and C.</param>
    /// <param name="n">Columns of B and C.</param>
    /// <param name="k">Columns of A and rows of B.</param>
    /// <param name="a">[m, k], or [k, m] if <paramref name="transposeA"/>; may end with the last row's last element.</param>
    /// <param name="lda">Floats from one stored row of A to the next.</param>
    /// <param name="transposeA">Whether A is stored transposed.</param>
    /// <param name="b">[k, n], or [n, k] if <paramref name="transposeB"/>.</param>
    /// <param name="ldb">Floats from one stored row of B to the next.</param>
    /// <param name="transposeB">Whether B is stored transposed.</param>
    /// <param name="c">[m, n]; what lies between its rows is left alone.</param>
    /// <param name="ldc">Floats from one row of C to the next.</param>
    /// <param name="accumulate">Whether the product is added to C.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size below 1, or a leading dimension below the row it leads.</exception>
    /// <exception cref="ArgumentException">A span too short, or C overlaps A or B.</exception>
    public static void Multiply(
        int m,
        int n,
        int k,
        ReadOnlySpan<float> a,
        int lda,
        bool transposeA,
        ReadOnlySpan<float> b,
        int ldb,
        bool transposeB,
        Span<float> c,
        int ldc,
        bool accumulate = false)
    {
        var shape = new GemmShape(m, n, k);
        RequireMatrix(nameof(a), a.Length, transposeA ? k : m, transposeA ? m : k, lda);
        RequireMatrix(nameof(b), b.Length, transposeB ? n : k, transposeB ? k : n, ldb);
        RequireMatrix(nameof(c), c.Length, m, n, ldc);
        Multiply(shape, a, lda, transposeA, b, ldb, transposeB, c, ldc, accumulate);
    }

    /// <summary>The product of checked operands on at most so many threads.</summary>
    internal static void Multiply(GemmShape shape, MatrixView a, MatrixView b, float* c, nint ldc, bool accumulate, int maxThreads)
    {
        if (shape.M > MostDotRows || a.ColumnStride != 1 || b.RowStride != 1)
        {
            MultiplyAscending(shape, a, b, c, ldc, accumulate, maxThreads);
            return;
        }

        var columns = new Partition(shape.N, ThreadsFor(shape, maxThreads));
        var job = new DotJob(shape, columns, a, b, c, ldc, accumulate);
        WorkerTeam.Run(ref job, columns.Parts, columns.Parts);
    }

    /// <summary>The same with every element summed over ascending k by one accumulator, as <see cref="GemmKernel"/> does.</summary>
    internal static void MultiplyAscending(GemmShape shape, MatrixView a, MatrixView b, float* c, nint ldc, bool accumulate, int maxThreads)
    {
        if (SmallProduct.Suits(shape, b))
        {
            SmallProduct.Multiply(shape, a, b, c, ldc, accumulate);
            return;
        }

        (Partition rows, Partition columns) = GridOf(shape, maxThreads);
        int cells = rows.Parts * columns.Parts;
        var largestCell = new GemmShape(rows.Longest, columns.Longest, shape.K);
        int scratchLength = GemmKernel.ScratchLength(largestCell);
        using var workspace = Workspace.Rent(checked(cells * scratchLength));
        var job = new CellJob(shape.K, rows, columns, a, b, c, ldc, accumulate, workspace.Take(cells * scratchLength), scratchLength);
        WorkerTeam.Run(ref job, cells, cells);
    }

    private static void Multiply(
        GemmShape shape, ReadOnlySpan<float> a, int lda, bool transposeA, ReadOnlySpan<float> b, int ldb, bool transposeB, Span<float> c, int ldc, bool accumulate)
    {
        Require.NoOverlap(Op, nameof(a), a, nameof(c), c);
        Require.NoOverlap(Op, nameof(b), b, nameof(c), c);
        fixed (float* pointerA = a, pointerB = b, pointerC = c)
        {
            Multiply(
                shape,
                MatrixView.RowMajor(pointerA, lda, transposeA),
                MatrixView.RowMajor(pointerB, ldb, transposeB),
                pointerC,
                ldc,
                accumulate,
                ThreadSettings.MaxThreads);
        }
    }

    private static int ThreadsFor(GemmShape shape, int maxThreads) => (int)Math.Clamp(shape.MultiplyAdds / MultiplyAddsPerThread, 1, maxThreads);

    // One cell of C a thread; of all grids with so many cells the one whose cells have the shortest edges packs least.
    private static (Partition Rows, Partition Columns) GridOf(GemmShape shape, int maxThreads)
    {
        int threads = ThreadsFor(shape, maxThreads);
        int bestRows = 1;
        double shortest = double.MaxValue;
        for (int rows = 1; rows <= threads; rows++)
        {
            double edges = (double)shape.M / rows + (double)shape.N / (threads / rows);
            if (threads % rows == 0 && edges < shortest)
            {
                (bestRows, shortest) = (rows, edges);
            }
        }

        return (new Partition(shape.M, bestRows, TileHeight.Most), new Partition(shape.N, threads / bestRows, (2 * SimdDispatch.Lanes)));
    }

    private static void RequireMatrix(string name, int received, int rows, int columns, int leadingDimension)
    {
        if (leadingDimension < columns)
        {
            throw new ArgumentOutOfRangeException(name, $"{Op}: rows of {name} have {columns} elements, its leading dimension is {leadingDimension}.");
        }

        long expected = (rows - 1L) * leadingDimension + columns;
        if (received < expected)
        {
            throw new ArgumentException($"{Op}: {name} expects at least {expected} elements, received {received}.", name);
        }
    }

    private readonly struct DotJob(
        GemmShape shape, Partition columns, MatrixView a, MatrixView b, float* c, nint ldc, bool accumulate) : IParallelJob
    {
        public void Execute(int index, int worker) => DotRowsKernel.Multiply(
            shape.M, shape.K, a.Data, a.RowStride, b.Data, b.ColumnStride, c, ldc, accumulate, columns.Start(index), columns.End(index));
    }

    private readonly struct CellJob(
        int k,
        Partition rows,
        Partition columns,
        MatrixView a,
        MatrixView b,
        float* c,
        nint ldc,
        bool accumulate,
        float* scratch,
        int scratchLength) : IParallelJob
    {
        public void Execute(int index, int worker)
        {
            int rowPart = index / columns.Parts;
            int columnPart = index % columns.Parts;
            int row = rows.Start(rowPart);
            int column = columns.Start(columnPart);
            var cell = new GemmShape(rows.End(rowPart) - row, columns.End(columnPart) - column, k);
            GemmKernel.Multiply(cell, a.From(row, 0), b.From(0, column), c + row * ldc + column, ldc, new TileStore { Accumulates = accumulate }, scratch + (nint)worker * scratchLength);
        }
    }
}
