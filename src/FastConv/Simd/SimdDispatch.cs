using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace FastConv.Simd;

/// <summary>
/// The only file that looks at the CPU. The conditions are constants to the JIT, so a dispatch costs nothing and the bodies of the
/// other widths are never compiled. Dispatches are not inlined: a kernel that the JIT puts into its caller shares the caller's budget, and where that
/// runs out, every operation on a vector becomes a call.
/// </summary>
internal static class SimdDispatch
{
    /// <summary>The lanes that reductions use on every CPU.</summary>
    public const int ReductionLanes = 16;

    /// <summary>No vector with more lanes is chosen. Tests set it, to compare the widths of one CPU with each other.</summary>
    public static int LargestLanes { get; set; } = ReductionLanes;

    /// <summary>The widest instruction set in force: the name that benchmarks and <c>--json</c> print.</summary>
    public static string InstructionSet =>
        Avx512F.IsSupported ? "AVX-512"
        : Avx2.IsSupported && Fma.IsSupported ? "AVX2"
        : AdvSimd.Arm64.IsSupported ? "NEON"
        : Vector.IsHardwareAccelerated ? $"Vector{Vector<float>.Count * 32}"
        : "scalar";

    /// <summary>Whether the CPU can be asked for its name.</summary>
    public static bool HasCpuId => X86Base.IsSupported;

    /// <summary>Whether a product and a sum are rounded once; results have the same bits on all CPUs that do.</summary>
    public static bool HasFusedMultiplyAdd => Fma.IsSupported || AdvSimd.IsSupported;

    /// <summary>Lanes of the vector that <see cref="Run"/> chooses.</summary>
    public static int Lanes =>
        Avx512F.IsSupported ? 16
        : Avx2.IsSupported && Fma.IsSupported ? 8
        : AdvSimd.Arm64.IsSupported ? 4
        : Vector.IsHardwareAccelerated ? Vector<float>.Count
        : 1;

    /// <summary>Vector registers that the instruction set can name.</summary>
    public static int Registers => Avx512F.IsSupported || AdvSimd.Arm64.IsSupported ? 32 : 16;

    /// <summary>The first lanes of both, alternating: a0 b0 a1 b1.</summary>
    public static Vector128<float> InterleaveLow(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackLow(a, b)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(a, b)
        : Vector128.Create(a[0], b[0], a[1], b[1]);

    /// <summary>The last lanes of both, alternating: a2 b2 a3 b3.</summary>
    public static Vector128<float> InterleaveHigh(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackHigh(a, b)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(a, b)
        : Vector128.Create(a[2], b[2], a[3], b[3]);

    /// <summary>In both halves the first lanes, alternating: a0 b0 a1 b1 a4 b4 a5 b5.</summary>
    public static Vector256<float> InterleaveLow(Vector256<float> a, Vector256<float> b) =>
        Avx.IsSupported ? Avx.UnpackLow(a, b)
        : Vector256.Create(InterleaveLow(a.GetLower(), b.GetLower()), InterleaveLow(a.GetUpper(), b.GetUpper()));

    /// <summary>In both halves the last lanes, alternating: a2 b2 a3 b3 a6 b6 a7 b7.</summary>
    public static Vector256<float> InterleaveHigh(Vector256<float> a, Vector256<float> b) =>
        Avx.IsSupported ? Avx.UnpackHigh(a, b)
        : Vector256.Create(InterleaveHigh(a.GetLower(), b.GetLower()), InterleaveHigh(a.GetUpper(), b.GetUpper()));

    /// <summary>Elements 0 and 2 of both.</summary>
    public static Vector128<float> Evens(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.Shuffle(a, b, 0b10_00_10_00)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.UnzipEven(a, b)
        : Vector128.Create(a[0], a[2], b[0], b[2]);

    /// <summary>Elements 1 and 3 of both.</summary>
    public static Vector128<float> Odds(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.Shuffle(a, b, 0b11_01_11_01)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.UnzipOdd(a, b)
        : Vector128.Create(a[1], a[3], b[1], b[3]);

    /// <summary>The 64-bit products of the lower halves of both.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> Product(Vector128<ulong> a, Vector128<ulong> b) =>
        Sse2.IsSupported ? Sse2.Multiply(a.AsUInt32(), b.AsUInt32())
        : AdvSimd.IsSupported ? AdvSimd.MultiplyWideningLower(AdvSimd.ExtractNarrowingLower(a), AdvSimd.ExtractNarrowingLower(b))
        : (a & Vector128.Create((ulong)uint.MaxValue)) * (b & Vector128.Create((ulong)uint.MaxValue));

    /// <summary>Asks for the cache line of an address, wherever that is; a hint that changes nothing and never faults.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Prefetch(float* address)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(address);
        }
    }

    /// <summary>The same, no nearer than the second level of the caches.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void PrefetchSecondLevel(float* address)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch1(address);
        }
    }

    /// <summary>Runs the kernel over the widest vector there is.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Run<TOperation>(ref TOperation operation)
        where TOperation : struct, ISimdOperation, allows ref struct
    {
        if (Avx512F.IsSupported && LargestLanes >= Vector512<float>.Count)
        {
            operation.Invoke<V512>();
        }
        else if (Avx2.IsSupported && Fma.IsSupported && LargestLanes >= Vector256<float>.Count)
        {
            operation.Invoke<V256>();
        }
        else if (AdvSimd.Arm64.IsSupported || (Fma.IsSupported && LargestLanes < Vector256<float>.Count))
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

    /// <summary>Runs the kernel over the widest vector that so many floats fill, one float where none does.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void RunAtMost<TOperation>(int length, ref TOperation operation)
        where TOperation : struct, ISimdOperation, allows ref struct
    {
        if (length >= Lanes && LargestLanes >= Lanes)
        {
            Run(ref operation);
        }
        else if (Avx2.IsSupported && Fma.IsSupported && length >= Vector256<float>.Count && LargestLanes >= Vector256<float>.Count)
        {
            operation.Invoke<V256>();
        }
        else if ((Fma.IsSupported || AdvSimd.Arm64.IsSupported) && length >= Vector128<float>.Count)
        {
            operation.Invoke<V128>();
        }
        else
        {
            operation.Invoke<V1>();
        }
    }

    /// <summary>Runs the kernel over the narrowest vector that holds a row of this length, the widest where none does: on short rows, wide vectors would be mostly empty.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void RunRows<TOperation>(int length, ref TOperation operation)
        where TOperation : struct, ISimdOperation, allows ref struct
    {
        if (Avx2.IsSupported && Fma.IsSupported && length <= Vector128<float>.Count)
        {
            operation.Invoke<V128>();
        }
        else if (Avx512F.IsSupported && length <= Vector256<float>.Count)
        {
            operation.Invoke<V256>();
        }
        else
        {
            Run(ref operation);
        }
    }

    /// <summary>Runs the kernel over <see cref="ReductionLanes"/> lanes, made of the vectors there are.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void RunReduction<TOperation>(ref TOperation operation)
        where TOperation : struct, ISimdOperation, allows ref struct
    {
        if (Avx512F.IsSupported && LargestLanes >= Vector512<float>.Count)
        {
            operation.Invoke<V512>();
        }
        else if (Avx2.IsSupported && Fma.IsSupported && LargestLanes >= Vector256<float>.Count)
        {
            operation.Invoke<Wide<V256>>();
        }
        else if (AdvSimd.Arm64.IsSupported || (Fma.IsSupported && LargestLanes < Vector256<float>.Count))
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

    /// <summary>Runs the kernel over the widest vector of words there is.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void RunWords<TOperation>(ref TOperation operation)
        where TOperation : struct, IWordsOperation, allows ref struct
    {
        if (Avx512F.IsSupported && LargestLanes >= Vector512<float>.Count)
        {
            operation.Invoke<W512>();
        }
        else if (Avx2.IsSupported && LargestLanes >= Vector256<float>.Count)
        {
            operation.Invoke<W256>();
        }
        else if (Vector128.IsHardwareAccelerated && LargestLanes >= Vector128<float>.Count)
        {
            operation.Invoke<W128>();
        }
        else
        {
            operation.Invoke<W1>();
        }
    }
}
