using FastConv.Cli.Curves;
using FastConv.Training;

namespace FastConv.Cli.Display;

/// <summary>Shows nothing but the result.</summary>
/// <param name="writer">Null where not even that is for reading.</param>
internal sealed class QuietDisplay(TextWriter? writer) : ITrainingDisplay, IProgress<TrainingProgress>
{
    public void WriteLine(string line)
    {
    }

    public void WriteResult(string line) => writer?.WriteLine(line);

    public TrainingResult Follow(TrainingCurve curve, Func<IProgress<TrainingProgress>, TrainingResult> train) => train(this);

    public void Report(TrainingProgress value)
    {
    }
}
