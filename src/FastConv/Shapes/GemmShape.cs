namespace FastConv.Shapes;

/// <summary>The sizes of a matrix product C[m, n] = A[m, k] * B[k, n].</summary>
public readonly record struct GemmShape
{
    /// <summary>Checks the sizes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size below 1.</exception>
    public GemmShape(int m, int n, int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(m, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        M = m;
        N = n;
        K = k;
    }

    /// <summary>Rows of A and C.</summary>
    public int M { get; }

    /// <summary>Columns of B and C.</summary>
    public int N { get; }

    /// <summary>Columns of A and rows of B: the axis that is summed.</summary>
    public int K { get; }

    /// <summary>Multiplications, each with its addition; saturates at <see cref="long.MaxValue"/>.</summary>
    public long MultiplyAdds => (long)Int128.Min((Int128)M * N * K, long.MaxValue);

    /// <inheritdoc/>
    public override string ToString() => $"{M}x{N}x{K}";
}
