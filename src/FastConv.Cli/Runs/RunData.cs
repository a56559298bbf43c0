namespace FastConv.Cli.Runs;

/// <summary>What a run learned from.</summary>
/// <param name="Name">As reports call it.</param>
/// <param name="Training">Samples to learn from.</param>
/// <param name="Validation">Samples held out to watch with.</param>
/// <param name="Test">Samples looked at in the end.</param>
/// <param name="SampleShape">Of one sample.</param>
/// <param name="ClassNames">One a class.</param>
/// <param name="Mean">Taken off every value, one a channel.</param>
/// <param name="StandardDeviation">What it is divided by then.</param>
internal sealed record RunData(
    string Name, int Training, int Validation, int Test, int[] SampleShape, IReadOnlyList<string> ClassNames, float[] Mean, float[] StandardDeviation);
