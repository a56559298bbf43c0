namespace FastConv.Kernels.Gemm;

/// <summary>
/// How many rows of C a register tile has, as a type: to the JIT a constant, so that <see cref="MicroKernel{V, TRow, THeight, TSource, TPanel}"/>
/// is written once and compiled to a body of its own for every height, without a row too many.
/// </summary>
internal interface ITileHeight
{
    static abstract int Rows { get; }
}
