using FastConv.Benchmarks.Steps;

namespace FastConv.Benchmarks.Report;

/// <summary>What the rows that are there come to: tables by the places of the page, and pictures.</summary>
internal static class ReportSections
{
    public static IEnumerable<(string Section, string Text)> Tables(ReportInput input)
    {
        if (input.Limits is [var widest, ..])
        {
            yield return ("machine", LimitsTables.Machine(widest, Versions(input)));
            yield return ("limits", LimitsTables.Tiers(input.Limits));
            yield return ("blocks", LimitsTables.Products(widest));
            yield return ("kernels", LimitsTables.Layers(widest));
        }

        if (input.Peers is not [])
        {
            yield return ("peers", PeersTables.Sets(input.Peers));
            yield return ("peers-shapes", PeersTables.Shapes(input.Peers));
        }

        if (Of(input, StepKinds.Op) is [_, ..] ops)
        {
            yield return ("ops", StepsTables.Ops(ops));
        }

        if (Of(input, StepKinds.Step) is [_, ..] steps)
        {
            yield return ("steps", StepsTables.Networks(steps));
        }

        if (Of(input, StepKinds.Predict) is [_, ..] predictions)
        {
            yield return ("predict", StepsTables.Networks(predictions));
        }

        if (input.Scaling is not [])
        {
            yield return ("scaling", ScalingTables.Measured(input.Scaling));
            yield return ("scaling-model", ScalingTables.Model(input.Scaling));
        }
    }

    /// <exception cref="InvalidDataException">The shape file is none, or does not have a row's shape.</exception>
    public static IEnumerable<ReportFigure> Figures(ReportInput input, string shapesPath)
    {
        IEnumerable<ReportFigure> rooflines = input is { Peers: [_, ..], Limits: [var widest, ..] }
            ? ReportFigures.Rooflines(input.Peers, widest, shapesPath)
            : [];
        foreach (ReportFigure figure in ReportFigures.Peers(input.Peers).Concat(rooflines))
        {
            yield return figure;
        }

        foreach (ReportFigure figure in Compared(StepKinds.Op) is [_, ..] ops ? ReportFigures.Ops(ops) : [])
        {
            yield return figure;
        }

        if (Compared(StepKinds.Step) is [_, ..] steps)
        {
            yield return ReportFigures.Networks(ReportFigures.StepsSection, "steps.svg", "Training steps beside other engines", steps);
        }

        if (Compared(StepKinds.Predict) is [_, ..] predictions)
        {
            yield return ReportFigures.Networks(ReportFigures.PredictSection, "predict.svg", "Predictions beside other engines", predictions);
        }

        List<StepRow> Compared(string kind) => Of(input, kind).FindAll(row => row.Ratio is not null);
    }

    private static string[] Versions(ReportInput input) =>
    [
        .. input.Peers.Select(row => row.PeerVersion)
            .Concat(input.Steps.Select(row => row.PeerVersion).OfType<string>())
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    private static List<StepRow> Of(ReportInput input, string kind) => input.Steps.FindAll(row => row.Kind == kind);
}
