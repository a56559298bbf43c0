using System.Globalization;
using System.Text.Json;
using FastConv.Cli.Curves;
using FastConv.Cli.Display;
using FastConv.Cli.Input;
using FastConv.Cli.Page;
using FastConv.Cli.Reports;
using FastConv.Cli.Review;
using FastConv.Cli.Runs;
using FastConv.Data;
using FastConv.Layers;
using FastConv.Losses;
using FastConv.Optimizers;
using FastConv.Training;

namespace FastConv.Cli.Commands;

/// <summary>One training from reading the data to the report.</summary>
internal static class TrainRun
{
    public static void Run(TrainRequest request, Terminal terminal, CancellationToken cancellationToken)
    {
        using var limit = new ThreadLimit(request.Threads);
        using var precision = new PrecisionLimit(request.Precision);
        ITrainingDisplay display = Display(request, terminal);
        Sequential model = request.Model.Build(request.Seed);
        Loss loss = request.Model.CreateLoss();
        Optimizer optimizer = OptimizerChoice.Create(request, model.Parameters);
        var data = TrainingData.Load(request, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        var loader = new DataLoader(
            data.Train, request.BatchSize, shuffle: true, request.Seed, workers: request.Workers ?? (data.TakesWork ? 1 : 0), mixUp: Augmentations.Mixing(request.Augmentation));
        if (data.Warning is { } warning)
        {
            terminal.Error.WriteLine($"fastconv: warning: {warning}");
        }

        DateTimeOffset started = DateTimeOffset.Now;
        var folder = request.ResumePath is { } path ? RunFolder.Open(path) : RunFolder.Create(request.OutputPath, started);
        var config = new RunConfig(started, request, data.Describe(), RunEnvironment.Of(request.Threads));
        File.WriteAllText(folder.Config, config.ToJson());
        display.WriteLine(TrainText.Beginning(request, model, data, loader.BatchSize));

        var curve = new TrainingCurve(Math.Min(request.Steps ?? int.MaxValue, (long)loader.BatchCount * request.Epochs), loader.BatchCount);
        using var log = RunLog.Open(folder.Metrics, curve.TotalSteps, request.ResumePath is null ? 0 : StepsOf(folder, model, optimizer));
        curve.Continue(log.Points);
        TrainingOptions options = TrainChoices.Options(request, loader.BatchCount, curve.TotalSteps, data.Validation is not null, folder.Checkpoint);
        var saved = new SavedModel(request.Model, data.ClassNames, data.Statistics);
        TrainingResult result;
        TestReview review;
        try
        {
            var listeners = new ProgressFork<TrainingProgress>(curve, log);
            result = display.Follow(curve, progress => new Trainer(model, loss, optimizer).Fit(
                loader, data.Validation, options, new ProgressFork<TrainingProgress>(listeners, progress), cancellationToken));
            saved.Save(model, folder.Model);
            review = TestReview.Run(model, loss, data.Test, request.Model.Classes, cancellationToken);
        }
        catch (OperationCanceledException exception) when (File.Exists(folder.Checkpoint))
        {
            saved.Save(model, folder.Model);
            throw new RunStoppedException($"stopped; continue with: fastconv train --resume {folder.Path}", exception);
        }

        TrainReport report = Report(request, data, result, review.Result, folder);
        Write(new RunReport
        {
            Result = report,
            Config = config,
            Curve = curve,
            Points = log.Points,
            Review = review,
            Pictures = data.Pictures,
            Ended = DateTimeOffset.Now,
        });

        void Write(RunReport page)
        {
            File.WriteAllText(folder.Report, ReportPage.Create(page));
            if (request.PlotPath is { } plot)
            {
                string title = string.Create(CultureInfo.InvariantCulture, $"{report.Model} on {report.Dataset}: test accuracy {report.TestAccuracy * 100:F1} %");
                File.WriteAllText(plot, CurveFigure.Draw(title, curve));
                display.WriteLine($"training curves: {plot}");
            }

            display.WriteLine($"report: {folder.Report}");
            if (request.Json)
            {
                terminal.Output.WriteLine(JsonSerializer.Serialize(report, ReportJson.Default.TrainReport));
            }
            else
            {
                display.WriteResult(TrainText.End(report, data.Test.Count));
            }
        }
    }

    private static int StepsOf(RunFolder folder, Sequential model, Optimizer optimizer)
    {
        var checkpoint = new TrainingCheckpoint(model, optimizer);
        checkpoint.Load(folder.Checkpoint);
        return checkpoint.Step;
    }

    private static ITrainingDisplay Display(TrainRequest request, Terminal terminal) => (request.Quiet, request.Json, terminal.Live) switch
    {
        (true, _, _) => new QuietDisplay(request.Json ? null : terminal.Output),
        (_, true, _) => new LineDisplay(terminal.Error),
        (_, _, { } live) => new LiveDisplay(live),
        _ => new LineDisplay(terminal.Output),
    };

    private static TrainReport Report(TrainRequest request, TrainingData data, TrainingResult result, EvaluationResult test, RunFolder folder) => new(
        request.Model.Name,
        data.Name,
        result.Epochs.Count,
        test.Accuracy,
        test.Loss,
        result.Seconds,
        result.Epochs.Sum(epoch => (double)epoch.Training.Count) / result.Epochs.Sum(epoch => epoch.Seconds),
        request.Seed,
        request.Threads,
        Simd.MachineLimits.InstructionSet,
        folder.Path);
}
