using FastConv.Simd;

namespace FastConv.Kernels.Losses;

/// <summary>A loss of one prediction and one target, element by element. A struct that holds the loss's constants.</summary>
internal interface IElementLoss
{
    V Value<V>(V prediction, V target)
        where V : struct, IVector<V>;
}
