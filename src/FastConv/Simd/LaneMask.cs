using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FastConv.Simd;

/// <summary>Vectors whose lanes have all bits or none, cut out of one row of zeros and ones; up to 16 lanes.</summary>
internal static unsafe class LaneMask
{
    private const int Lanes = 16;

    // Read-only data of the assembly, which never moves.
    private static ReadOnlySpan<int> Steps =>
    [
        -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
    ];

    /// <summary>Lanes [0, count) set.</summary>
    public static float* First(int count) => Start + Lanes - count;

    /// <summary>Lanes [lane, ...) set.</summary>
    public static float* From(int lane) => Start + 2 * Lanes - lane;

    private static float* Start => (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(Steps));
}
