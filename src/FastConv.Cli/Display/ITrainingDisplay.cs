using FastConv.Cli.Curves;
using FastConv.Training;

namespace FastConv.Cli.Display;

/// <summary>Shows how training goes while it goes.</summary>
internal interface ITrainingDisplay
{
    /// <summary>One line of its own.</summary>
    void WriteLine(string line);

    /// <summary>The line that all was about.</summary>
    void WriteResult(string line);

    /// <summary>Runs the training and shows what it reports.</summary>
    /// <param name="curve">Collects the same reports, and knows how many steps there will be.</param>
    /// <param name="train">The training.</param>
    TrainingResult Follow(TrainingCurve curve, Func<IProgress<TrainingProgress>, TrainingResult> train);
}
