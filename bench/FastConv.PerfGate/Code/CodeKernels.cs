using System.Reflection;
using FastConv.Kernels.Convolution;
using FastConv.Kernels.Gemm;
using FastConv.Kernels.Winograd;
using FastConv.Simd;

namespace FastConv.PerfGate.Code;

/// <summary>The loops in which the time goes, over the vectors that <see cref="SimdDispatch"/> chooses in this process.</summary>
internal static class CodeKernels
{
    // Result rows that advance together, and taps of each in a step: one at a time, or three by three.
    private const int RowsAtOnce = 4;
    private const int Taps3x3 = 9;

    // Multiply-adds of one application of the matrices of F(4, 3), as Winograd4x4 derives them: B^T, A^T, and G of the gradient.
    private const int InputTransform = 12;
    private const int OutputTransform = 4;
    private const int GradientTransform = 4;

    // And of F(2, 5): A^T.
    private const int OutputTransform5x5 = 2;

    /// <summary>All kernels, in the order of the table.</summary>
    public static IReadOnlyList<CodeKernel> Create()
    {
        var widest = new WidestKernels([]);
        SimdDispatch.Run(ref widest);
        var reductions = new ReductionKernels([]);
        SimdDispatch.RunReduction(ref reductions);
        return [.. widest.Kernels, .. reductions.Kernels];
    }

    private static CodeKernel Kernel(string name, Type type, string method, Type[] arguments, int multiplyAdds)
    {
        const BindingFlags Any = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        MethodInfo found = type.GetMethod(method, Any) ?? throw new MissingMethodException(type.FullName, method);
        return new CodeKernel(name, arguments is [] ? found : found.MakeGenericMethod(arguments), multiplyAdds);
    }

    // A private struct of a kernel's class that holds one call; it has the type arguments of the class.
    private static Type CallOf(Type kernel, string call)
    {
        Type nested = kernel.GetNestedType(call, BindingFlags.NonPublic) ?? throw new MissingMemberException(kernel.FullName, call);
        return kernel.IsGenericType ? nested.MakeGenericType(kernel.GetGenericArguments()) : nested;
    }

    private readonly record struct WidestKernels(List<CodeKernel> Kernels) : ISimdOperation
    {
        public void Invoke<V>()
            where V : struct, IVector<V>
        {
            if (V.Registers >= 32)
            {
                AddProducts<V, TileHeight.Of12>();
            }
            else
            {
                AddProducts<V, TileHeight.Of6>();
            }

            AddDepthwise<V>();
            AddWinograd<V>();
        }

        // A step is MR rows times the vectors of a row.
        private void AddProducts<V, THeight>()
            where V : struct, IVector<V>
            where THeight : ITileHeight
        {
            AddTile<V, TileRow2<V>, THeight, PackedRows, StoredRows<V, TileRow2<V>>>("packed A, packed B");
            AddTile<V, TileRow2<V>, THeight, PackedRows, GatheredRows<V>>("packed A, B in passing");
            AddTile<V, TileRow2<V>, THeight, PackedRows, BlendedRows<V>>("packed A, B blended");
            AddTile<V, TileRow2<V>, THeight, StridedRows, StoredRows<V, TileRow2<V>>>("A as it lies, packed B");
            AddTile<V, TileRow2<V>, THeight, StridedRows, GatheredRows<V>>("A as it lies, B in passing");
            AddTile<V, TileRow2<V>, THeight, StridedRows, StreamedRows<V, TileRow2<V>>>("A as it lies, B streamed");
            AddTile<V, TileRow2<V>, THeight, TableRows, StoredRows<V, TileRow2<V>>>("A by a table, packed B");
            AddTile<V, TileRow1<V>, THeight, PackedRows, StoredRows<V, TileRow1<V>>>("packed A, packed B");
            AddSmall<V, TileRow2<V>, THeight>();
            AddSmall<V, TileRow1<V>, THeight>();
        }

        private void AddTile<V, TRow, THeight, TSource, TPanel>(string operands)
            where V : struct, IVector<V>
            where TRow : struct, ITileRow<TRow, V>
            where THeight : ITileHeight
            where TSource : struct, ITileSource<TSource>
            where TPanel : struct, IPanelRows<TPanel, TRow>
        {
            int vectors = TRow.Width / V.Count;
            Type kernel = typeof(MicroKernel<V, TRow, THeight, TSource, TPanel>);
            Kernels.Add(Kernel($"micro-kernel {THeight.Rows}x{vectors}, {operands}", kernel, "Multiply", [], THeight.Rows * vectors));
        }

        private void AddSmall<V, TRow, THeight>()
            where V : struct, IVector<V>
            where TRow : struct, ITileRow<TRow, V>
            where THeight : ITileHeight
        {
            int vectors = TRow.Width / V.Count;
            Kernels.Add(Kernel($"small kernel {THeight.Rows}x{vectors}", typeof(SmallKernel<V, TRow, THeight>), "Multiply", [], THeight.Rows * vectors));
        }

        private void AddDepthwise<V>()
            where V : struct, IVector<V>
        {
            Kernels.Add(Kernel("depthwise rows, any taps", typeof(DepthwiseRows), "AnyTaps", [typeof(V)], RowsAtOnce));
            Kernels.Add(Kernel("depthwise rows 3x3", typeof(DepthwiseRows3x3), nameof(DepthwiseRows3x3.Step1), [typeof(V)], RowsAtOnce * Taps3x3));
            Kernels.Add(Kernel("depthwise rows 3x3, stride 2", typeof(DepthwiseRows3x3), nameof(DepthwiseRows3x3.Step2), [typeof(V)], RowsAtOnce * Taps3x3));
        }

        private void AddWinograd<V>()
            where V : struct, IVector<V>
        {
            Type tiles = typeof(TileTransform<Winograd4x4>);
            Kernels.Add(Kernel("Winograd input transform", CallOf(tiles, "InputCall"), "Invoke", [typeof(V)], InputTransform));
            Kernels.Add(Kernel("Winograd output transform", CallOf(tiles, "OutputCall"), "Invoke", [typeof(V)], OutputTransform));
            Kernels.Add(Kernel("Winograd output transform, 5x5", CallOf(typeof(TileTransform<Winograd5x5>), "OutputCall"), "Invoke", [typeof(V)], OutputTransform5x5));
            Kernels.Add(Kernel("Winograd gradient transform", CallOf(tiles, "GradientCall"), "Invoke", [typeof(V)], GradientTransform));
        }
    }

    private readonly record struct ReductionKernels(List<CodeKernel> Kernels) : ISimdOperation
    {
        // Four rows of B, each summed over 16 lanes, in as many of the CPU's vectors as that takes.
        public void Invoke<V>()
            where V : struct, IVector<V> => Kernels.Add(
                Kernel("dot rows", CallOf(typeof(DotRowsKernel), "Call"), "SumLanes", [typeof(V)], RowsAtOnce * SimdDispatch.ReductionLanes / SimdDispatch.Lanes));
    }
}
