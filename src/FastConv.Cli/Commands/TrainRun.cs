using System.Globalization;
using System.Text.Json;
using FastConv.Cli.Curves;
using FastConv.Cli.Display;
using FastConv.Cli.Input;
using FastConv.Cli.Reports;
using FastConv.Data;
using FastConv.Layers;
using FastConv.Losses;
using FastConv.Optimizers;
using FastConv.Simd;
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
        ITrainingDisplay display = request.Json ? new LineDisplay(terminal.Error)
            : terminal.Live is { } live ? new LiveDisplay(live)
            : new LineDisplay(terminal.Output);

        Sequential model = request.Model.Build(request.Seed);
        Loss loss = request.Model.CreateLoss();
        var optimizer = Optimizer.Create(request.Optimizer, model.Parameters, request.LearningRate);
        var data = TrainingData.Load(request);
        cancellationToken.ThrowIfCancellationRequested();
        var loader = new DataLoader(data.Train, request.BatchSize, shuffle: true, request.Seed);
        display.WriteLine(Describe(request, model, data, loader));

        var curve = new TrainingCurve(Math.Min(request.Steps ?? int.MaxValue, (long)loader.BatchCount * request.Epochs), loader.BatchCount);
        var trainer = new Trainer(model, loss, optimizer);
        TrainingResult result = display.Follow(progress => trainer.Fit(
            loader, data.Validation, Options(request, loader, data), new ProgressFork<TrainingProgress>(progress, curve), cancellationToken));
        EvaluationResult test = Evaluation.Run(model, loss, data.Test, cancellationToken: cancellationToken);
        if (!double.IsFinite(test.Loss))
        {
            throw new NotFiniteNumberException($"the loss of the test samples is {test.Loss}; a smaller learning rate may help", test.Loss);
        }

        TrainReport report = Report(request, data, result, test);
        if (request.Json)
        {
            terminal.Output.WriteLine(JsonSerializer.Serialize(report, ReportJson.Default.TrainReport));
        }
        else
        {
            display.WriteResult(Describe(report, data.Test.Count));
        }

        if (request.PlotPath is { } path)
        {
            string title = string.Create(CultureInfo.InvariantCulture, $"{report.Model} on {report.Dataset}: test accuracy {report.TestAccuracy * 100:F1} %");
            File.WriteAllText(path, CurveFigure.Draw(title, curve));
            display.WriteLine($"training curves: {path}");
        }
    }

    private static TrainingOptions Options(TrainRequest request, DataLoader loader, TrainingData data)
    {
        int? plotted = request.PlotPath is null ? null : (loader.BatchCount + ValidationPointsPerEpoch - 1) / ValidationPointsPerEpoch;
        return new TrainingOptions
        {
            Epochs = request.Epochs,
            MaxSteps = request.Steps,
            EvaluateEverySteps = data.Validation is null ? null : request.EvaluateEverySteps ?? plotted,
            ReportEverySteps = 1,
            LearningRateFactor = request.Model.LowersLearningRate ? done => 1 - done : null,
        };
    }

    private static TrainReport Report(TrainRequest request, TrainingData data, TrainingResult result, EvaluationResult test) => new(
        request.Model.Name,
        data.Name,
        result.Epochs.Count,
        test.Accuracy,
        test.Loss,
        result.Seconds,
        result.Epochs.Sum(epoch => (double)epoch.Training.Count) / result.Epochs.Sum(epoch => epoch.Seconds),
        request.Seed,
        request.Threads,
        MachineLimits.InstructionSet);

    private static string Describe(TrainRequest request, Sequential model, TrainingData data, DataLoader loader)
    {
        string validation = data.Validation is null ? "" : string.Create(CultureInfo.InvariantCulture, $", {data.Validation.Count:N0} for validation");
        string threads = request.Threads == 1 ? "1 thread" : $"{request.Threads} threads";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            {request.Model.Name}: {model.Parameters.Sum(parameter => (long)parameter.Value.Length):N0} parameters, {request.Optimizer} at {request.LearningRate}{(request.Model.LowersLearningRate ? " falling to 0" : "")}, batches of {loader.BatchSize}, {threads}, {MachineLimits.InstructionSet}
            {data.Name}: {data.Train.Count:N0} samples to learn from{validation}, {data.Test.Count:N0} to test
            """);
    }

    private static string Describe(TrainReport report, int testCount) => string.Create(
        CultureInfo.InvariantCulture,
        $"test accuracy {report.TestAccuracy * 100:F2} % of {testCount:N0}, loss {report.TestLoss:F4}, after {report.Seconds:F1} s at {ProgressText.Speed(report.ImagesPerSecond)}");
}
