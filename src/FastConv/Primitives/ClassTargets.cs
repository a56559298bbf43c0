namespace FastConv.Primitives;

/// <summary>What the primitives of classification losses share: the checks of labels and class weights, and the number to divide by.</summary>
internal static class ClassTargets
{
    /// <summary>Each weight is finite and at least 0.</summary>
    public static void RequireClassWeights(string op, ReadOnlySpan<float> classWeights)
    {
        for (int c = 0; c < classWeights.Length; c++)
        {
            if (!(classWeights[c] >= 0 && float.IsFinite(classWeights[c])))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(classWeights), $"{op}: class weights expect finite numbers of at least 0, received {classWeights[c]} for class {c}.");
            }
        }
    }

    /// <summary>
    /// One label a row, each a class or the ignored one. Returns the weight of all rows together: what makes the sum of the losses a mean.
    /// </summary>
    public static double RequireLabels(string op, int rows, int classes, ReadOnlySpan<int> labels, ReadOnlySpan<float> classWeights, int ignored)
    {
        Require.Length(op, nameof(labels), rows, labels.Length);
        Require.LengthOrEmpty(op, nameof(classWeights), classes, classWeights.Length);
        double total = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            int label = labels[row];
            if (label == ignored)
            {
                continue;
            }

            if ((uint)label >= (uint)classes)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(labels), $"{op}: labels expect classes from 0 to {classes - 1} or the ignored {ignored}, received {label} in row {row}.");
            }

            total += classWeights.IsEmpty ? 1 : classWeights[label];
        }

        return total;
    }

    /// <summary>A target for every class of every row. Returns the number of rows: what makes the sum of the losses a mean.</summary>
    public static double RequireTargets(string op, int rows, int classes, ReadOnlySpan<float> targets, ReadOnlySpan<float> classWeights)
    {
        Require.Length(op, nameof(targets), rows * classes, targets.Length);
        Require.LengthOrEmpty(op, nameof(classWeights), classes, classWeights.Length);
        return rows;
    }

    /// <summary>
    /// What a gradient is multiplied by. 0 where no row has any weight: the loss is 0 / 0 then, the gradient is nothing.
    /// </summary>
    public static double Scale(double totalWeight) => totalWeight == 0 ? 0 : 1 / totalWeight;
}
