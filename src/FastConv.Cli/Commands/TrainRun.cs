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
    // Enough looks at the validation samples for a curve, where one an epoch would give a handful of points.
    private const int ValidationPointsPerEpoch = 5;

    public static void Run(TrainRequest request, Terminal terminal, CancellationToken cancellationToken)
    {
        using var limit = new ThreadLimit(request.Threads);
        using var precision = new PrecisionLimit(request.Precision);
        ITrainingDisplay display = Display(request, terminal);
        Sequential model = request.Model.Build(request.Seed);
        Loss loss = request.Model.CreateLoss();
        var optimizer = Optimizer.Create(request.Optimizer, model.Parameters, request.LearningRate);
        var data = TrainingData.Load(request);
        cancellationToken.ThrowIfCancellationRequested();
        var loader = new DataLoader(data.Train, request.BatchSize, shuffle: true, request.Seed);

        DateTimeOffset started = DateTimeOffset.Now;
        var folder = RunFolder.Create(request.OutputPath, started);
        var config = new RunConfig(started, request, data.Describe(), RunEnvironment.Of(request.Threads));
        File.WriteAllText(folder.Config, config.ToJson());
        display.WriteLine(TrainText.Beginning(request, model, data, loader.BatchSize));

        var curve = new TrainingCurve(Math.Min(request.Steps ?? int.MaxValue, (long)loader.BatchCount * request.Epochs), loader.BatchCount);
        using var log = RunLog.Open(folder.Metrics, optimizer, curve.TotalSteps, doneSteps: 0);
        var trainer = new Trainer(model, loss, optimizer);
        TrainingResult result = display.Follow(curve, progress => trainer.Fit(
            loader,
            data.Validation,
            Options(request, loader, data),
            new ProgressFork<TrainingProgress>(new ProgressFork<TrainingProgress>(curve, log), progress),
            cancellationToken));
        new SavedModel(request.Model, data.ClassNames, data.Statistics).Save(model, folder.Model);
        var review = TestReview.Run(model, loss, data.Test, request.Model.Classes, cancellationToken);

        TrainReport report = Report(request, data, result, review.Result, folder);
        var page = new RunReport
        {
            Result = report,
            Config = config,
            Curve = curve,
            Points = log.Points,
            Review = review,
            Pictures = data.Pictures,
            Ended = DateTimeOffset.Now,
        };
        File.WriteAllText(folder.Report, ReportPage.Create(page));
        if (request.PlotPath is { } path)
        {
            string title = string.Create(CultureInfo.InvariantCulture, $"{report.Model} on {report.Dataset}: test accuracy {report.TestAccuracy * 100:F1} %");
            File.WriteAllText(path, CurveFigure.Draw(title, curve));
            display.WriteLine($"training curves: {path}");
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

    private static ITrainingDisplay Display(TrainRequest request, Terminal terminal) => (request.Quiet, request.Json, terminal.Live) switch
    {
        (true, _, _) => new QuietDisplay(request.Json ? null : terminal.Output),
        (_, true, _) => new LineDisplay(terminal.Error),
        (_, _, { } live) => new LiveDisplay(live),
        _ => new LineDisplay(terminal.Output),
    };

    private static TrainingOptions Options(TrainRequest request, DataLoader loader, TrainingData data)
    {
        int curvePace = (loader.BatchCount + ValidationPointsPerEpoch - 1) / ValidationPointsPerEpoch;
        return new TrainingOptions
        {
            Epochs = request.Epochs,
            MaxSteps = request.Steps,
            EvaluateEverySteps = data.Validation is null ? null : request.EvaluateEverySteps ?? (request.PlotPath is null ? null : curvePace),
            ReportEverySteps = 1,
            LearningRateFactor = request.Model.LowersLearningRate ? done => 1 - done : null,
        };
    }

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
