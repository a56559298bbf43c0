using System.Globalization;
using FastConv.Cli.Display;
using FastConv.Cli.Input;
using FastConv.Cli.Reports;
using FastConv.Layers;
using FastConv.Simd;

namespace FastConv.Cli.Commands;

/// <summary>What <c>fastconv train</c> says before and after.</summary>
internal static class TrainText
{
    /// <summary>Two lines: the model and how it is trained, the data.</summary>
    public static string Beginning(TrainRequest request, Sequential model, TrainingData data, int batchSize)
    {
        string validation = data.Validation is null ? "" : string.Create(CultureInfo.InvariantCulture, $", {data.Validation.Count:N0} for validation");
        string threads = request.Threads == 1 ? "1 thread" : $"{request.Threads} threads";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            {request.Model.Name}: {model.Parameters.Sum(parameter => (long)parameter.Value.Length):N0} parameters, {request.Optimizer} at {request.LearningRate}{ScheduleText.Suffix(request.Schedule)}, batches of {batchSize}, {threads}, {MachineLimits.InstructionSet}
            {data.Name}: {data.Train.Count:N0} samples to learn from{validation}, {data.Test.Count:N0} to test
            """);
    }

    /// <summary>The line that all was about.</summary>
    public static string End(TrainReport report, int testCount) => string.Create(
        CultureInfo.InvariantCulture,
        $"test accuracy {report.TestAccuracy * 100:F2} % of {testCount:N0}, loss {report.TestLoss:F4}, after {report.Seconds:F1} s at {ProgressText.Speed(report.ImagesPerSecond)}");
}
