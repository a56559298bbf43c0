namespace FastConv.Primitives;

/// <summary>What a cross-entropy may be told; the defaults are PyTorch's. Each is checked when it is set.</summary>
public sealed record CrossEntropyOptions
{
    /// <summary>The label whose rows count for nothing, unless told otherwise.</summary>
    public const int DefaultIgnoreIndex = -100;

    private const string Op = "CrossEntropy";

    /// <summary>No smoothing, all classes alike, -100 ignored.</summary>
    public static CrossEntropyOptions Default { get; } = new();

    /// <summary>The share of every target that is spread over all classes evenly (Szegedy et al. 2016); in [0, 1].</summary>
    public double LabelSmoothing { get; init => field = Hyperparameter.Share(Op, value); }

    /// <summary>One factor of at least 0 for each class; empty: all 1. A copy is kept.</summary>
    public ReadOnlyMemory<float> ClassWeights
    {
        get;
        init
        {
            ClassTargets.RequireClassWeights(Op, value.Span);
            field = value.ToArray();
        }
    }

    /// <summary>Rows with this label count for nothing. It may be outside of the classes. Soft targets know no such row.</summary>
    public int IgnoreIndex { get; init; } = DefaultIgnoreIndex;
}
