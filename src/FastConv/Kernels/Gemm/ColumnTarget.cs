using FastConv.Simd;

namespace FastConv.Kernels.Gemm;

/// <summary>
/// Where a product goes whose columns are pixels, numbered through the rows of all images: a row of <c>run</c> pixels that are <c>step</c> apart,
/// <c>runs</c> of them an image, <c>runStride</c> apart. A whole plane is one run; a plain matrix is one run of one image.
/// </summary>
internal readonly unsafe struct ColumnTarget(float* data, nint rowStride, nint imageStride, int runs, nint runStride, int run, int step)
{
    /// <summary>Between the rows of the product.</summary>
    public nint RowStride { get; } = rowStride;

    /// <summary>A row-major matrix.</summary>
    public static ColumnTarget Matrix(float* data, nint ldc) => new(data, ldc, 0, 1, 0, int.MaxValue, 1);

    /// <summary>The same from another row on.</summary>
    public ColumnTarget FromRow(int row) => new(data + row * RowStride, RowStride, imageStride, runs, runStride, run, step);

    /// <summary>Row 0 of a column.</summary>
    public float* Column(int column)
    {
        (int line, int pixel) = Math.DivRem(column, run);
        (int image, int lineOfImage) = Math.DivRem(line, runs);
        return data + image * imageStride + lineOfImage * runStride + (nint)pixel * step;
    }

    /// <summary>Whether so many columns are side by side in memory.</summary>
    public bool IsContiguous(int column, int count) => step == 1 && count <= run - column % run;

    /// <summary>Reads rows of a tile into rows <paramref name="width"/> apart.</summary>
    public void Load<V>(int column, int rows, int columns, float* tile, int width)
        where V : struct, IVector<V>
    {
        for (int done = 0; done < columns;)
        {
            int count = Math.Min(columns - done, run - (column + done) % run);
            CopyRows<V>(Column(column + done), RowStride, step, tile + done, width, 1, rows, count);
            done += count;
        }
    }

    /// <summary>Writes rows of a tile from rows <paramref name="width"/> apart.</summary>
    public void Store<V>(int column, int rows, int columns, float* tile, int width)
        where V : struct, IVector<V>
    {
        for (int done = 0; done < columns;)
        {
            int count = Math.Min(columns - done, run - (column + done) % run);
            CopyRows<V>(tile + done, width, 1, Column(column + done), RowStride, step, rows, count);
            done += count;
        }
    }

    private static void CopyRows<V>(
        float* source, nint sourceStride, int sourceStep, float* destination, nint destinationStride, int destinationStep, int rows, int count)
        where V : struct, IVector<V>
    {
        for (int row = 0; row < rows; row++)
        {
            int i = 0;
            if (sourceStep == 1 && destinationStep == 1)
            {
                for (; i <= count - V.Count; i += V.Count)
                {
                    V.Load(source + i).Store(destination + i);
                }

                if (i < count)
                {
                    V.LoadFirst(source + i, count - i).StoreFirst(destination + i, count - i);
                    i = count;
                }
            }

            for (; i < count; i++)
            {
                destination[(nint)i * destinationStep] = source[(nint)i * sourceStep];
            }

            source += sourceStride;
            destination += destinationStride;
        }
    }
}
