using FastConv.Benchmarks.Limits;
using FastConv.Benchmarks.Peers;
using FastConv.Benchmarks.Steps;

namespace FastConv.Benchmarks.Report;

/// <summary>A picture and the place of the page where it goes.</summary>
/// <param name="Section">Of the page.</param>
/// <param name="File">In the folder of pictures.</param>
/// <param name="Title">Above the picture, and for those who do not see it.</param>
/// <param name="Svg">The picture.</param>
internal sealed record ReportFigure(string Section, string File, string Title, string Svg);

/// <summary>The pictures that some rows come to.</summary>
internal static class ReportFigures
{
    public const string RooflineSection = "roofline";
    public const string PeersSection = "peers-chart";
    public const string OpsSection = "ops-chart";
    public const string StepsSection = "steps-chart";
    public const string PredictSection = "predict-chart";

    /// <summary>
    /// Every shape under the roof: on one thread, and on all of them where that was measured. The grid of small products would cover the others.
    /// </summary>
    /// <exception cref="InvalidDataException">The shape file is none, or does not have a row's shape.</exception>
    public static IEnumerable<ReportFigure> Rooflines(IReadOnlyList<PeerRow> peers, LimitRow limit, string shapesPath)
    {
        var roofline = new Roofline(shapesPath);
        foreach (int threads in ((int[])[1, limit.Threads]).Distinct())
        {
            PeerRow[] rows = [.. peers.Where(row => row.Threads == threads && row.Set != GemmSets.Small)];
            if (rows is not [])
            {
                (double fma, double copy) = threads == 1 ? (limit.FmaGflops, limit.CopyGbs) : (limit.FmaAllGflops, limit.CopyAllGbs);
                string title = $"Convolutions and products under the roof, {Threads(threads)}";
                IReadOnlyList<RooflinePoint> points = roofline.Points(rows);
                double roof = Math.Max(fma, rows.Max(row => row.LimitGflops));
                yield return new ReportFigure(RooflineSection, $"roofline-{threads}.svg", title, RooflineFigure.Draw(title, points, roof, copy));
            }
        }
    }

    /// <summary>A picture for every number of threads.</summary>
    public static IEnumerable<ReportFigure> Peers(IEnumerable<PeerRow> rows) => rows.GroupBy(row => row.Threads).Select(same => Bars(
        PeersSection,
        $"peers-{same.Key}.svg",
        $"Convolutions and products beside other engines, {Threads(same.Key)}, geometric means",
        PeersTables.Groups(same).Select(group => (
            $"{group[0].Set}, {group[0].Peer}", group[0].Pass, Ratios.GeometricMean(group.Select(row => row.Ratio))))));

    /// <summary>Operations on large tensors and on small ones, on the least number of threads that was measured: a picture has a bar a row.</summary>
    public static IEnumerable<ReportFigure> Ops(IReadOnlyList<StepRow> rows)
    {
        int threads = rows.Min(row => row.Threads);
        var bySize = rows.Where(row => row.Threads == threads).ToLookup(row => row.Name.EndsWith(OpSize.SmallSuffix, StringComparison.Ordinal));
        foreach (IGrouping<bool, StepRow> size in bySize)
        {
            (string file, string tensors) = size.Key ? ("ops-small.svg", "small tensors") : ("ops.svg", "large tensors");
            yield return Bars(
                OpsSection,
                file,
                $"Operations on {tensors} beside other engines, {Threads(threads)}",
                size.Select(row => ($"{row.Name}, {row.Peer}", row.Pass, row.Ratio!.Value)));
        }
    }

    public static ReportFigure Networks(string section, string file, string title, IEnumerable<StepRow> rows) => Bars(
        section, file, title, rows.Select(row => ($"{row.Name}, batch {row.Batch}, {row.Peer}", Threads(row.Threads), row.Ratio!.Value)));

    private static ReportFigure Bars(string section, string file, string title, IEnumerable<(string Label, string Series, double Ratio)> bars)
    {
        RatioGroup[] groups =
        [
            .. bars.GroupBy(bar => bar.Label).Select(group => new RatioGroup(group.Key, [.. group.Select(bar => (bar.Series, bar.Ratio))])),
        ];
        return new ReportFigure(section, file, title, RatioBars.Draw(title, groups));
    }

    private static string Threads(int count) => count == 1 ? "1 thread" : $"{count} threads";
}
