namespace FastConv.Cli.Review;

/// <summary>What a model made of one sample.</summary>
/// <param name="Index">In the dataset.</param>
/// <param name="Label">The right class.</param>
/// <param name="Predicted">The class it was taken for.</param>
/// <param name="PredictedProbability">Of that class, in [0, 1].</param>
/// <param name="LabelProbability">Of the right one.</param>
/// <param name="Loss">Of this sample alone.</param>
internal sealed record ReviewedSample(int Index, int Label, int Predicted, double PredictedProbability, double LabelProbability, double Loss);
