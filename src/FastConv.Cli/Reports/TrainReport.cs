namespace FastConv.Cli.Reports;

/// <summary>What <c>fastconv train --json</c> prints.</summary>
/// <param name="Model">As <c>--model</c> knows it.</param>
/// <param name="Dataset">The folder's or file's name, or the embedded digits'.</param>
/// <param name="Epochs">Passes over the training data, the last one perhaps cut short by <c>--steps</c>.</param>
/// <param name="TestAccuracy">The share of the test samples that were put into the right class, in [0, 1].</param>
/// <param name="TestLoss">Mean loss of the test samples.</param>
/// <param name="Seconds">Time that training took, measuring on the validation samples included, reading the data and the final test not.</param>
/// <param name="ImagesPerSecond">Samples learned from in one second of learning.</param>
/// <param name="Seed">Of the starting weights and the order of the samples.</param>
/// <param name="Threads">The most that were used at once.</param>
/// <param name="InstructionSet">The one in force.</param>
/// <param name="Output">The folder that the run left behind.</param>
internal sealed record TrainReport(
    string Model,
    string Dataset,
    int Epochs,
    double TestAccuracy,
    double TestLoss,
    double Seconds,
    double ImagesPerSecond,
    long Seed,
    int Threads,
    string InstructionSet,
    string Output);
