namespace FastConv.Kernels.Losses;

/// <summary>
/// What a row of class scores should have been, as a weight q for every class: the loss of a row is -sum(q * log-probability). A struct
/// that holds the addresses and constants.
/// </summary>
internal interface IClassTarget
{
    double Weight(int row, int classIndex);
}

/// <summary>
/// One label a row: q = ownShare * w at the label, and sharedShare * w at every class, where w are the class weights (null: all 1). A row
/// whose label is the ignored one has no weight at all.
/// </summary>
internal readonly unsafe struct LabelTarget(int* labels, int ignored, float* classWeights, double ownShare, double sharedShare) : IClassTarget
{
    public double Weight(int row, int classIndex)
    {
        int label = labels[row];
        double share = label == ignored ? 0 : label == classIndex ? ownShare + sharedShare : sharedShare;
        return classWeights == null ? share : share * classWeights[classIndex];
    }
}

/// <summary>A row of [rows, classes] targets for each row: q = (ownShare * target + sharedShare) * w.</summary>
internal readonly unsafe struct SoftTarget(float* targets, int classes, float* classWeights, double ownShare, double sharedShare) : IClassTarget
{
    public double Weight(int row, int classIndex)
    {
        double share = ownShare * targets[(nint)row * classes + classIndex] + sharedShare;
        return classWeights == null ? share : share * classWeights[classIndex];
    }
}
