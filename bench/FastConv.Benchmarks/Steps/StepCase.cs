using FastConv.Benchmarks.Peers;

namespace FastConv.Benchmarks.Steps;

/// <summary>One row of the comparison, before anything is allocated for it.</summary>
internal abstract class StepCase(string kind, string name, string pass, int batch)
{
    /// <summary>One of <see cref="StepKinds"/>.</summary>
    public string Kind => kind;

    public string Name => name;

    public string Pass => pass;

    /// <summary>The leading dimension; 1 for optimisers.</summary>
    public int Batch => batch;

    /// <summary>Bytes that a call must read and write, where its speed is that of memory; null where it is that of arithmetic.</summary>
    public virtual long? Bytes => null;

    /// <summary>How the results differ, or null; two random masks are never the same.</summary>
    public virtual string? Compare(ReadOnlySpan<float> own, ReadOnlySpan<float> other) => ResultCheck.Describe(own, other);

    /// <summary>Time for a row, warm-up included, where the command line does not say.</summary>
    public virtual double RowSeconds => 2;

    /// <summary>The share of a row's time that goes before its turns: tiered compilation needs calls.</summary>
    public virtual double WarmUpShare => 0.15;

    /// <summary>Allocates and fills what both sides work on.</summary>
    public abstract OwnSide Prepare();
}

/// <summary>The words of <c>--kind</c>.</summary>
internal static class StepKinds
{
    public const string Op = "op";
    public const string Step = "step";
    public const string Predict = "predict";

    public static IReadOnlyList<string> All { get; } = [Op, Step, Predict];
}
