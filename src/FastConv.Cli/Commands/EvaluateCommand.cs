using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using FastConv.Cli.Input;
using FastConv.Cli.Models;
using FastConv.Cli.Reports;
using FastConv.Cli.Review;
using FastConv.Cli.Runs;
using FastConv.Parallelism;

namespace FastConv.Cli.Commands;

/// <summary><c>fastconv evaluate</c>: loss, accuracy and confusion matrix of saved weights.</summary>
internal static class EvaluateCommand
{
    public static Command Create(Terminal terminal)
    {
        Option<string?> weights = WeightsOption.Create();
        Option<ModelRecipe?> model = ModelOption.Create("the file says which");
        var data = new DataOptions();
        Option<int?> samples = ValueOptions.Whole("--samples", "The most samples", 1, int.MaxValue);
        Option<int?> threads = ValueOptions.Whole("--threads", "The most threads; results do not depend on it", 1, ThreadSettings.Limit);
        Option<bool> json = ValueOptions.Json();
        var command = new Command("evaluate", "Measure saved weights on samples: those that the data keeps for testing, or all where it keeps none.") { weights, model };
        foreach (Option option in data.ForLooking)
        {
            command.Add(option);
        }

        command.Add(samples);
        command.Add(threads);
        command.Add(json);
        command.SetAction((parsed, cancellationToken) =>
        {
            string path = WeightsOption.File(parsed.GetValue(weights)!);
            using var limit = new ThreadLimit(parsed.GetValue(threads) ?? ThreadSettings.MaxThreads);
            var saved = SavedModel.Read(path, parsed.GetValue(model));
            EvaluateReport report = Evaluate(saved, path, LookedAtData.Read(data.Source(parsed), saved, parsed.GetValue(samples), data.StrictImages(parsed), cancellationToken), cancellationToken);
            terminal.Output.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(report, ReportJson.Default.EvaluateReport) : Text(report));
            return Task.FromResult(ExitCode.Success);
        });
        return command;
    }

    private static EvaluateReport Evaluate(SavedModel saved, string path, LookedAtData data, CancellationToken cancellationToken)
    {
        ModelRecipe recipe = saved.Recipe;
        var model = saved.Load(path);
        var review = TestReview.Run(model, recipe.CreateLoss(), data.Samples, recipe.Classes, cancellationToken);
        return new EvaluateReport(recipe.Name, data.Name, review.Result.Count, review.Result.Loss, review.Result.Accuracy, saved.Names, review.Confusion);
    }

    private static string Text(EvaluateReport report)
    {
        string result = string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Model} on {report.Dataset}: accuracy {report.Accuracy * 100:F2} % of {report.Samples:N0}, loss {report.Loss:F4}");
        return $"{result}\n\n{ConfusionText.Table(report.Confusion, report.ClassNames)}";
    }
}
