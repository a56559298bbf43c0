using FastConv.Cli.Review;

namespace FastConv.Cli.Page;

/// <summary>The parts of the page that tell how the test went: the matrix, the classes, the samples that went worst.</summary>
internal static class ReviewSections
{
    public static void AddConfusion(HtmlText page, RunReport report)
    {
        IReadOnlyList<string> names = report.Config.Data.ClassNames;
        int[][] confusion = report.Review.Confusion;
        page.AddHtml("<section aria-labelledby=\"confusion\">\n<h2 id=\"confusion\">Confusion matrix</h2>\n<div class=\"beside\">\n<figure id=\"confusion-matrix\">\n");
        page.AddHtml(MatrixFigure.Draw(confusion, names));
        page.AddHtml("<figcaption id=\"matrix-title\">How many test samples of each class (rows) were taken for which class (columns), and their share of the row.</figcaption>\n</figure>\n");
        page.AddHtml("<div class=\"scroll\" tabindex=\"0\"><table>\n<thead><tr><th scope=\"col\">class<th scope=\"col\">samples<th scope=\"col\">recall<th scope=\"col\">precision</tr></thead>\n<tbody>\n");
        for (int label = 0; label < names.Count; label++)
        {
            int samples = confusion[label].Sum();
            int named = confusion.Sum(row => row[label]);
            page.Add($"<tr><th scope=\"row\">{names[label]}<td>{samples:N0}<td>{Share(confusion[label][label], samples)}<td>{Share(confusion[label][label], named)}</tr>");
        }

        page.AddHtml("</tbody></table></div>\n</div>\n</section>\n");
    }

    public static void AddWorst(HtmlText page, RunReport report)
    {
        IReadOnlyList<string> names = report.Config.Data.ClassNames;
        page.AddHtml("<section aria-labelledby=\"worst\">\n<h2 id=\"worst\">Where it went worst</h2>\n<p class=\"note\">The test samples of the highest losses, the highest first.</p>\n<ul class=\"worst\">\n");
        foreach (ReviewedSample sample in report.Review.Worst)
        {
            bool isHit = sample.Label == sample.Predicted;
            page.Add($"<li class=\"{(isHit ? "right" : "wrong")}\">");
            if (SamplePicture.Of(report.Pictures, sample.Index) is { } picture)
            {
                page.Add($"<img src=\"{picture.DataUri}\" width=\"112\" height=\"{112 * picture.Height / picture.Width}\" alt=\"test sample {sample.Index}: {names[sample.Label]}\">");
            }

            page.Add($"<p><span>taken for <b class=\"taken\">{names[sample.Predicted]}</b></span><small>at {sample.PredictedProbability * 100:F1} %</small>");
            page.Add($"<span>is <b>{names[sample.Label]}</b></span><small>at {sample.LabelProbability * 100:F1} %</small>");
            page.Add($"<small>loss {sample.Loss:F2}, no. {sample.Index:N0}</small></p></li>");
        }

        page.AddHtml("</ul>\n</section>\n");
    }

    private static string Share(int part, int whole) => whole == 0 ? "–" : ReportPage.Percent((double)part / whole);
}
