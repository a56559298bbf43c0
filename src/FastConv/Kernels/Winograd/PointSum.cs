namespace FastConv.Kernels.Winograd;

/// <summary>What a <see cref="PointProduct"/> does with C.</summary>
internal enum PointSum
{
    /// <summary>C becomes the product.</summary>
    Set,

    /// <summary>C's sums go on, one accumulator over all calls.</summary>
    Continue,

    /// <summary>The product is summed by itself and then added to C, so that a long sum rounds like the short ones it is made of.</summary>
    Add,
}
