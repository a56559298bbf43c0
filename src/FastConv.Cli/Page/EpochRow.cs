using FastConv.Cli.Runs;

namespace FastConv.Cli.Page;

/// <summary>A row of the table of epochs.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Loss">Mean over the epoch's training samples.</param>
/// <param name="Accuracy">The same, in [0, 1].</param>
/// <param name="ValidationLoss">Where it was measured last in the epoch.</param>
/// <param name="ValidationAccuracy">The same, in [0, 1].</param>
/// <param name="LearningRate">Of the epoch's last step.</param>
/// <param name="ImagesPerSecond">While learning.</param>
/// <param name="Seconds">Since training began.</param>
internal sealed record EpochRow(
    int Epoch, double Loss, double Accuracy, double? ValidationLoss, double? ValidationAccuracy, double LearningRate, double ImagesPerSecond, double Seconds)
{
    /// <summary>One row an epoch; points are weighted by the steps that they stand for.</summary>
    public static IEnumerable<EpochRow> Of(IReadOnlyList<MetricsPoint> points)
    {
        int before = 0;
        foreach (IGrouping<int, MetricsPoint> epoch in points.GroupBy(point => point.Epoch))
        {
            (double loss, double accuracy, int first) = (0, 0, before);
            foreach (MetricsPoint point in epoch)
            {
                int steps = point.Step - before;
                loss += point.Loss * steps;
                accuracy += point.Accuracy * steps;
                before = point.Step;
            }

            MetricsPoint last = epoch.Last();
            MetricsPoint? measured = epoch.LastOrDefault(point => point.ValidationLoss is not null);
            int all = Math.Max(1, before - first);
            yield return new EpochRow(
                epoch.Key, loss / all, accuracy / all, measured?.ValidationLoss, measured?.ValidationAccuracy, last.LearningRate, last.ImagesPerSecond, last.Seconds);
        }
    }
}
