using FastConv.Simd;

namespace FastConv.Kernels.Updates;

/// <summary>
/// An optimiser's formula: a struct of its constants. Its loop copies them into vectors first, since the compiler keeps no struct of so many fields
/// in registers. It is compiled in full at once: the first steps of a training need no slow ones.
/// </summary>
internal interface IUpdate
{
    /// <summary>Updates the value and the state of the elements [start, end), a multiple of V.Count of them.</summary>
    void Run<V>(in UpdateSlice slice, int start, int end)
        where V : struct, IVector<V>;
}
