namespace FastConv.Cli.Curves;

/// <summary>A point of a training curve.</summary>
/// <param name="Step">Where on the way; between two steps for means over several.</param>
/// <param name="Loss">Mean loss.</param>
/// <param name="Accuracy">In [0, 1].</param>
internal readonly record struct CurveSample(double Step, double Loss, double Accuracy);
