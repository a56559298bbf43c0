using FastConv.Simd;

namespace FastConv.Kernels.Updates;

/// <summary>
/// An optimiser's formula for the elements of one parameter. A struct that holds the addresses (null for a state that the options leave
/// out) and the constants; it may branch on them, since they are the same for all elements.
/// </summary>
internal interface IUpdate
{
    /// <summary>Updates the value and the state of the elements [index, index + V.Count).</summary>
    void Apply<V>(int index)
        where V : struct, IVector<V>;
}
