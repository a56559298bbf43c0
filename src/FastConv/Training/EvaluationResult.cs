namespace FastConv.Training;

/// <summary>How good a model is on some samples.</summary>
/// <param name="Loss">The mean over the samples.</param>
/// <param name="Accuracy">The share of samples whose class is right, in [0, 1].</param>
/// <param name="Count">How many samples there were.</param>
public readonly record struct EvaluationResult(double Loss, double Accuracy, int Count);
