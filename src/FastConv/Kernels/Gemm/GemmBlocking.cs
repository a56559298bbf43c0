namespace FastConv.Kernels.Gemm;

/// <summary>
/// Block sizes of the five loops (Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication", 2008). A packed A block
/// (MC x KC, 492 KB) takes half of a 1 MiB second-level cache and leaves the rest to the panel of B and the tiles of C that pass through; a
/// packed B block (KC x NC, 6.3 MB) lives in the third level. The sizes are fixed, whatever the thread count, and do not affect results:
/// every element of C is summed over k in ascending order by one accumulator.
/// </summary>
internal static class GemmBlocking
{
    public const int KC = 512;
    public const int MC = 240;
    public const int NC = 3072;
}
