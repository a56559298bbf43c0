namespace FastConv.Kernels.Gemm;

/// <summary>Where a micro-kernel finds the elements of A that it broadcasts: row i of the tile at the current step of k.</summary>
/// <typeparam name="TSelf">The struct that implements it.</typeparam>
internal interface ITileSource<TSelf>
    where TSelf : struct, ITileSource<TSelf>
{
    float this[int row] { get; }

    /// <summary>The same rows at the next step; <paramref name="rows"/> is the tile's height.</summary>
    TSelf Next(int rows);
}
