using FastConv.Cli.Curves;
using FastConv.Cli.Reports;
using FastConv.Cli.Review;
using FastConv.Cli.Runs;
using FastConv.Data;

namespace FastConv.Cli.Page;

/// <summary>What the page of a run tells.</summary>
internal sealed record RunReport
{
    /// <summary>The figures of the whole.</summary>
    public required TrainReport Result { get; init; }

    /// <summary>What the run was asked for, as <c>config.json</c> has it.</summary>
    public required RunConfig Config { get; init; }

    /// <summary>Loss and accuracy over steps.</summary>
    public required TrainingCurve Curve { get; init; }

    /// <summary>The lines of <c>metrics.jsonl</c>.</summary>
    public required IReadOnlyList<MetricsPoint> Points { get; init; }

    /// <summary>The test.</summary>
    public required TestReview Review { get; init; }

    /// <summary>The test samples as they were before normalisation, to show.</summary>
    public required IDataset Pictures { get; init; }

    /// <summary>When the page was made.</summary>
    public required DateTimeOffset Ended { get; init; }
}
