using System.Runtime.CompilerServices;
using FastConv.Simd;

namespace FastConv.Kernels.Losses;

/// <summary>
/// What a row of class scores should have been, as a weight q for every class: the loss of a row is -sum(q * log-probability). q has a part
/// for one class of the row alone, and one that is spread over all classes. A struct that holds the addresses and constants.
/// </summary>
internal interface IClassTarget
{
    /// <summary>Whether any class has weight beside the row's own.</summary>
    bool IsSpread { get; }

    /// <summary>The row's own class, and how much it weighs beside <see cref="Spread"/>; 0 where there is none.</summary>
    float Own(int row, out int classIndex);

    /// <summary>The spread part for so many classes (1 to V.Count) from one on, 0 in the lanes behind them.</summary>
    V Spread<V>(int row, int first, int count)
        where V : struct, IVector<V>;
}

/// <summary>
/// One label a row: q = ownShare * w at the label, and sharedShare * w at every class, where w are the class weights (null: all 1). A row
/// whose label is the ignored one has no weight at all.
/// </summary>
internal readonly unsafe struct LabelTarget(int* labels, int ignored, float* classWeights, float ownShare, float sharedShare) : IClassTarget
{
    public bool IsSpread => sharedShare != 0;

    public float Own(int row, out int classIndex)
    {
        int label = labels[row];
        classIndex = label == ignored ? 0 : label;
        return label == ignored ? 0 : classWeights == null ? ownShare : ownShare * classWeights[label];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Spread<V>(int row, int first, int count)
        where V : struct, IVector<V>
    {
        V share = V.Broadcast(labels[row] == ignored ? 0 : sharedShare);
        V weight = classWeights == null ? V.Broadcast(1)
            : count == V.Count ? V.Load(classWeights + first) : V.LoadFirst(classWeights + first, count);
        return count == V.Count ? share * weight : V.Select(V.MaskFirst(count), share * weight, V.Zero);
    }
}

/// <summary>A row of [rows, classes] targets for each row: q = (ownShare * target + sharedShare) * w.</summary>
internal readonly unsafe struct SoftTarget(float* targets, int classes, float* classWeights, float ownShare, float sharedShare) : IClassTarget
{
    public bool IsSpread => true;

    public float Own(int row, out int classIndex) => classIndex = 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Spread<V>(int row, int first, int count)
        where V : struct, IVector<V>
    {
        float* row0 = targets + (nint)row * classes + first;
        bool isWhole = count == V.Count;
        V share = V.FusedMultiplyAdd(isWhole ? V.Load(row0) : V.LoadFirst(row0, count), V.Broadcast(ownShare), V.Broadcast(sharedShare));
        if (classWeights != null)
        {
            share *= isWhole ? V.Load(classWeights + first) : V.LoadFirst(classWeights + first, count);
        }

        return isWhole ? share : V.Select(V.MaskFirst(count), share, V.Zero);
    }
}
