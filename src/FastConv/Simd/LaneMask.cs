using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FastConv.Simd;

/// <summary>Masks in memory, cut out of one row of zeros and ones: for loops that have no register left to keep theirs in. Up to 16 lanes.</summary>
internal static unsafe class LaneMask
{
    private const int Lanes = 16;

    // Read-only data of the assembly, which never moves.
    private static ReadOnlySpan<int> Steps =>
    [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
    ];

    /// <summary>Lanes [lane, ...) set.</summary>
    public static float* From(int lane) => (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(Steps)) + Lanes - lane;
}
