namespace FastConv.Cli.Reports;

/// <summary>What <c>fastconv predict --json</c> prints: one line a sample.</summary>
/// <param name="Sample">The file, or the number of the sample.</param>
/// <param name="Label">The right class, where the data says it.</param>
/// <param name="Predictions">The most probable first.</param>
internal sealed record PredictReport(string Sample, string? Label, IReadOnlyList<Prediction> Predictions);

/// <summary>What a sample is taken for.</summary>
/// <param name="Class">The class's name.</param>
/// <param name="Probability">In [0, 1].</param>
internal sealed record Prediction(string Class, double Probability);
