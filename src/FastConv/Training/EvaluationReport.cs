namespace FastConv.Training;

/// <summary>How good a model is on some samples, in more than one way.</summary>
/// <param name="Result">Loss, accuracy and count.</param>
/// <param name="Top">How many of the largest predictions <paramref name="TopAccuracy"/> looks at: as asked for, or the number of classes.</param>
/// <param name="TopAccuracy">The share of samples whose class is among them.</param>
/// <param name="Confusion">Which classes were taken for which.</param>
public sealed record EvaluationReport(EvaluationResult Result, int Top, double TopAccuracy, ConfusionMatrix Confusion);
