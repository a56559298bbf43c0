namespace FastConv.Kernels.Gemm;

/// <summary>
/// Block sizes of the five loops (Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication", 2008). A packed A block
/// (MC x KC, 737 KB) takes about 70 % of a 1 MiB L2; a packed B block (KC x NC, 4.7 MB) lives in L3. The sizes are fixed, whatever the
/// thread count; they do not affect results, since every element of C is summed over k in ascending order by one accumulator.
/// </summary>
internal static class GemmBlocking
{
    public const int KC = 384;
    public const int MC = 480;
    public const int NC = 3072;
}
