using System.Diagnostics.Metrics;

namespace FastConv.Training;

/// <summary>The counters of the meter <c>FastConv</c>, for whoever listens (<c>dotnet-counters monitor --counters FastConv</c>).</summary>
internal static class TrainingMeter
{
    private static readonly Meter Meter = new("FastConv");

    public static Counter<long> Steps { get; } = Meter.CreateCounter<long>("fastconv.training.steps", "{step}", "Batches learned from.");

    public static Counter<long> Images { get; } = Meter.CreateCounter<long>("fastconv.training.images", "{image}", "Samples learned from.");

    public static Counter<long> Epochs { get; } = Meter.CreateCounter<long>("fastconv.training.epochs", "{epoch}", "Epochs done.");

    public static Counter<long> Checkpoints { get; } = Meter.CreateCounter<long>("fastconv.training.checkpoints", "{file}", "Checkpoints written.");

    public static Gauge<double> Loss { get; } = Meter.CreateGauge<double>("fastconv.training.loss", description: "The loss of the last batch.");

    public static Gauge<double> LearningRate { get; } = Meter.CreateGauge<double>("fastconv.training.learning_rate", description: "The rate of the last step.");
}
