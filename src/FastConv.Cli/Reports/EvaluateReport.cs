namespace FastConv.Cli.Reports;

/// <summary>What <c>fastconv evaluate --json</c> prints.</summary>
/// <param name="Model">As <c>--model</c> knows it.</param>
/// <param name="Dataset">The folder's or file's name, or the embedded digits'.</param>
/// <param name="Samples">How many were looked at.</param>
/// <param name="Loss">Their mean.</param>
/// <param name="Accuracy">The share that was put into the right class, in [0, 1].</param>
/// <param name="ClassNames">One a class.</param>
/// <param name="Confusion">How often a class (row) was taken for a class (column).</param>
internal sealed record EvaluateReport(
    string Model, string Dataset, int Samples, double Loss, double Accuracy, IReadOnlyList<string> ClassNames, int[][] Confusion);
