namespace FastConv.Kernels.Gemm;

/// <summary>A block of A, of which a micro-kernel gets a panel at a time.</summary>
/// <typeparam name="TSource">How a panel's elements are found.</typeparam>
internal interface IBlockRows<TSource>
    where TSource : struct, ITileSource<TSource>
{
    /// <summary>The panel whose first row this is.</summary>
    TSource Panel(int row);
}
