using System.Runtime.Intrinsics;
using FastConv.Kernels.Gemm;
using FastConv.Memory;
using FastConv.Shapes;
using FastConv.Simd;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Kernels;

/// <summary>The product over every vector that this machine has, not only the one that it would choose.</summary>
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

        GemmRun.AssertIsTheDefinition(new GemmCase(241, 35, GemmBlocking.LargestKC + 1, false, true, false), padding: 3, ByName[kernel], kernel);
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
        where V : struct, IVector<V> => kernels.Add(typeof(V).Name, Multiply<V>);

    private static void Multiply<V>(GemmCase sizes, Span<float> a, int lda, Span<float> b, int ldb, Span<float> c, int ldc)
        where V : struct, IVector<V>
    {
        var shape = new GemmShape(sizes.M, sizes.N, sizes.K);
        using var workspace = Workspace.Rent(GemmKernel.ScratchLength(shape));
        fixed (float* pointerA = a, pointerB = b, pointerC = c)
        {
            GemmKernel.Multiply<V>(
                shape,
                MatrixView.RowMajor(pointerA, lda, sizes.TransposeA),
                MatrixView.RowMajor(pointerB, ldb, sizes.TransposeB),
                pointerC,
                ldc,
                new TileStore { Accumulates = sizes.Accumulate },
                workspace.Take(0));
        }
    }
}
