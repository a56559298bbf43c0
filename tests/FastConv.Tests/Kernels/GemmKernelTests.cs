using System.Runtime.Intrinsics;
using FastConv.Kernels.Gemm;
using FastConv.Memory;
using FastConv.Shapes;
using FastConv.Simd;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Kernels;

/// <summary>Both register tiles over every vector that this machine has, not only the pair that it would choose.</summary>
public sealed unsafe class GemmKernelTests
{
    private static readonly int[] Rows = [1, 5, 6, 7, 11, 12];

    private static readonly Dictionary<string, GemmUnderTest> ByName = CreateKernels();

    public static TheoryData<string> Names => [.. ByName.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryTile_IsTheDefinition(string kernel)
    {
        foreach (int m in Rows)
        {
            foreach (GemmCase sizes in GemmCase.OfM(m).Where((_, index) => index % 13 == m))
            {
                GemmRun.AssertIsTheDefinition(sizes, padding: 0, ByName[kernel], kernel);
            }
        }

        GemmRun.AssertIsTheDefinition(new GemmCase(GemmBlocking.MC + 1, 35, GemmBlocking.KC + 1, false, true, false), padding: 3, ByName[kernel], kernel);
    }

    private static Dictionary<string, GemmUnderTest> CreateKernels()
    {
        var kernels = new Dictionary<string, GemmUnderTest>();
        Add<V1>(kernels);
        Add<VPortable>(kernels);
        if (Vector128.IsHardwareAccelerated)
        {
            Add<V128>(kernels);
        }

        if (Vector256.IsHardwareAccelerated)
        {
            Add<V256>(kernels);
        }

        if (Vector512.IsHardwareAccelerated)
        {
            Add<V512>(kernels);
        }

        return kernels;
    }

    private static void Add<V>(Dictionary<string, GemmUnderTest> kernels)
        where V : struct, IVector<V>
    {
        kernels.Add($"12x2 of {typeof(V).Name}", Multiply<V, MicroKernel12x2<V>>);
        kernels.Add($"6x2 of {typeof(V).Name}", Multiply<V, MicroKernel6x2<V>>);
    }

    private static void Multiply<V, TKernel>(GemmCase sizes, Span<float> a, int lda, Span<float> b, int ldb, Span<float> c, int ldc)
        where V : struct, IVector<V>
        where TKernel : struct, IMicroKernel<V>
    {
        // Whole panels of A and B for any tile up to 12 rows and 64 columns.
        int k = Math.Min(sizes.K, GemmBlocking.KC);
        using var workspace = Workspace.Rent(k * (Math.Min(sizes.M, GemmBlocking.MC) + Math.Min(sizes.N, GemmBlocking.NC) + 96) + 64);
        fixed (float* pointerA = a, pointerB = b, pointerC = c)
        {
            GemmKernel.Multiply<V, TKernel>(
                new GemmShape(sizes.M, sizes.N, sizes.K),
                MatrixView.RowMajor(pointerA, lda, sizes.TransposeA),
                MatrixView.RowMajor(pointerB, ldb, sizes.TransposeB),
                pointerC,
                ldc,
                sizes.Accumulate,
                workspace.Take(0));
        }
    }
}
