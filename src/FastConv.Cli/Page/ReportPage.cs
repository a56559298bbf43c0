using System.Globalization;
using System.Text.Json;
using FastConv.Cli.Curves;
using FastConv.Cli.Display;
using FastConv.Cli.Reports;

namespace FastConv.Cli.Page;

/// <summary>The page of a run: one file that needs no other and no network, in the colours that the reader's system prefers.</summary>
internal static class ReportPage
{
    public static string Create(RunReport report)
    {
        string title = $"{report.Result.Model} on {report.Result.Dataset}";
        var page = new HtmlText();
        page.AddHtml("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.AddHtml("<meta name=\"color-scheme\" content=\"light dark\">\n");
        page.Add($"<title>{title}</title>");
        page.AddHtml($"<link rel=\"icon\" href=\"data:,\">\n<style>\n{Resource("report.css")}</style>\n</head>\n<body>\n<main>\n");
        AddHead(page, report, title);
        AddCurves(page, report.Curve);
        AddEpochs(page, report);
        ReviewSections.AddConfusion(page, report);
        ReviewSections.AddWorst(page, report);
        AddFacts(page, "environment", "Environment", Environment(report));
        page.AddHtml("<section aria-labelledby=\"config\">\n<h2 id=\"config\">Configuration</h2>\n");
        page.Add($"<details><summary>config.json</summary><pre tabindex=\"0\">{report.Config.ToJson()}</pre></details>\n</section>");
        page.AddHtml($"</main>\n<script>\n{Resource("report.js")}</script>\n</body>\n</html>\n");
        return page.ToString();
    }

    private static void AddHead(HtmlText page, RunReport report, string title)
    {
        TrainReport result = report.Result;
        page.Add($"<header>\n<h1>{title}</h1>");
        page.Add($"<p class=\"lead\">{result.Epochs} {(result.Epochs == 1 ? "epoch" : "epochs")}, seed {result.Seed}, ended {report.Ended:yyyy-MM-dd HH:mm}</p>");
        page.AddHtml("<dl class=\"cards\">\n");
        Card("test accuracy", Percent(result.TestAccuracy), string.Create(CultureInfo.InvariantCulture, $"{report.Review.Result.Count:N0} samples"));
        Card("test loss", result.TestLoss.ToString("F4", CultureInfo.InvariantCulture), "mean of the samples");
        Card("training", Duration(result.Seconds), "looks at validation included");
        Card("speed", result.ImagesPerSecond.ToString("N0", CultureInfo.InvariantCulture), $"images/s, {result.Threads} {(result.Threads == 1 ? "thread" : "threads")}, {result.InstructionSet}");
        page.AddHtml("</dl>\n</header>\n");

        void Card(string name, string value, string note) => page.Add($"<div class=\"card\"><dt>{name}</dt><dd>{value}<small>{note}</small></dd></div>");
    }

    private static void AddCurves(HtmlText page, TrainingCurve curve)
    {
        page.AddHtml("<section aria-labelledby=\"curves\">\n<h2 id=\"curves\">Training curves</h2>\n<figure id=\"training-curves\" class=\"wide\">\n");
        page.AddHtml(CurveFigure.Draw("", curve));
        string alsoShown = curve.Validation.Count > 0 ? ", and on the validation samples" : "";
        page.AddHtml($"<figcaption>Loss and accuracy on the training samples as they were learned from{alsoShown}. Point at a curve for its values; the table below has them by epoch.</figcaption>\n</figure>\n");
        page.AddHtml($"<script type=\"application/json\" id=\"curve-values\">{JsonSerializer.Serialize([.. curve.Training, .. curve.Validation], ReportJson.Default.CurveSampleArray)}</script>\n</section>\n");
    }

    private static void AddEpochs(HtmlText page, RunReport report)
    {
        EpochRow[] rows = [.. EpochRow.Of(report.Points)];
        bool hasValidation = rows.Any(row => row.ValidationLoss is not null);
        page.AddHtml("<section aria-labelledby=\"epochs\">\n<h2 id=\"epochs\">Epochs</h2>\n<div class=\"scroll\" tabindex=\"0\"><table>\n<thead><tr><th scope=\"col\">epoch<th scope=\"col\">loss<th scope=\"col\">accuracy");
        page.AddHtml(hasValidation ? "<th scope=\"col\">validation loss<th scope=\"col\">validation accuracy" : "");
        page.AddHtml("<th scope=\"col\">learning rate<th scope=\"col\">images/s<th scope=\"col\">after</tr></thead>\n<tbody>\n");
        foreach (EpochRow row in rows)
        {
            page.Add($"<tr><th scope=\"row\">{row.Epoch}<td>{row.Loss:F4}<td>{Percent(row.Accuracy)}");
            if (hasValidation)
            {
                page.Add($"<td>{row.ValidationLoss:F4}<td>{Percent(row.ValidationAccuracy)}");
            }

            page.Add($"<td>{row.LearningRate:0.######}<td>{row.ImagesPerSecond:N0}<td>{Duration(row.Seconds)}</tr>");
        }

        page.AddHtml("</tbody></table></div>\n</section>\n");
    }

    private static void AddFacts(HtmlText page, string id, string name, IEnumerable<(string Name, string Value)> facts)
    {
        page.Add($"<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{name}</h2>\n<dl class=\"facts\">");
        foreach ((string fact, string value) in facts)
        {
            page.Add($"<div><dt>{fact}</dt><dd>{value}</dd></div>");
        }

        page.AddHtml("</dl>\n</section>\n");
    }

    private static IEnumerable<(string, string)> Environment(RunReport report)
    {
        Runs.RunEnvironment environment = report.Config.Environment;
        return
        [
            ("processor", $"{environment.Cpu}, {environment.Cores} {(environment.Cores == 1 ? "core" : "cores")}"),
            ("instruction set", environment.InstructionSet),
            ("threads", environment.Threads.ToString(CultureInfo.InvariantCulture)),
            ("system", environment.OperatingSystem),
            ("runtime", environment.Runtime),
            ("FastConv", environment.Version),
            ("started", report.Config.Started.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture)),
            ("ended", report.Ended.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture)),
            ("speed", ProgressText.Speed(report.Result.ImagesPerSecond)),
        ];
    }

    internal static string Percent(double? share) => share is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value * 100:F2} %") : "";

    private static string Duration(double seconds) => ProgressText.Duration(TimeSpan.FromSeconds(seconds));

    private static string Resource(string name)
    {
        using Stream stream = typeof(ReportPage).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
