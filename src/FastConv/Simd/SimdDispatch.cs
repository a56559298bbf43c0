using System.Numerics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace FastConv.Simd;

/// <summary>
/// The only file that looks at the CPU. The conditions are constants to the JIT, so a dispatch costs nothing and the bodies of the
/// other widths are never compiled.
/// </summary>
internal static class SimdDispatch
{
    /// <summary>The lanes that reductions use on every CPU.</summary>
    public const int ReductionLanes = 16;

    /// <summary>The widest instruction set in force: the name that benchmarks and <c>--json</c> print.</summary>
    public static string InstructionSet =>
        Avx512F.IsSupported ? "AVX-512"
        : Avx2.IsSupported && Fma.IsSupported ? "AVX2"
        : AdvSimd.Arm64.IsSupported ? "NEON"
        : Vector.IsHardwareAccelerated ? $"Vector{Vector<float>.Count * 32}"
        : "scalar";

    /// <summary>Whether a product and a sum are rounded once; results have the same bits on all CPUs that do.</summary>
    public static bool HasFusedMultiplyAdd => Fma.IsSupported || AdvSimd.IsSupported;

    /// <summary>Vector registers that the instruction set can name.</summary>
    public static int Registers => Avx512F.IsSupported || AdvSimd.Arm64.IsSupported ? 32 : 16;

    /// <summary>Runs the kernel over the widest vector there is.</summary>
    public static void Run<TOperation>(ref TOperation operation)
        where TOperation : struct, ISimdOperation, allows ref struct
    {
        if (Avx512F.IsSupported)
        {
            operation.Invoke<V512>();
        }
        else if (Avx2.IsSupported && Fma.IsSupported)
        {
            operation.Invoke<V256>();
        }
        else if (AdvSimd.Arm64.IsSupported)
        {
            operation.Invoke<V128>();
        }
        else if (Vector.IsHardwareAccelerated)
        {
            operation.Invoke<VPortable>();
        }
        else
        {
            operation.Invoke<V1>();
        }
    }

    /// <summary>Runs the kernel over <see cref="ReductionLanes"/> lanes, made of the vectors there are.</summary>
    public static void RunReduction<TOperation>(ref TOperation operation)
        where TOperation : struct, ISimdOperation, allows ref struct
    {
        if (Avx512F.IsSupported)
        {
            operation.Invoke<V512>();
        }
        else if (Avx2.IsSupported && Fma.IsSupported)
        {
            operation.Invoke<Wide<V256>>();
        }
        else if (AdvSimd.Arm64.IsSupported)
        {
            operation.Invoke<Wide<Wide<V128>>>();
        }
        else if (Vector.IsHardwareAccelerated && Vector<float>.Count == 8)
        {
            operation.Invoke<Wide<VPortable>>();
        }
        else if (Vector.IsHardwareAccelerated && Vector<float>.Count == 4)
        {
            operation.Invoke<Wide<Wide<VPortable>>>();
        }
        else
        {
            operation.Invoke<Wide<Wide<Wide<Wide<V1>>>>>();
        }
    }
}
