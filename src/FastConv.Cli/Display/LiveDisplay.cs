using System.Diagnostics;
using FastConv.Cli.Curves;
using FastConv.Training;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace FastConv.Cli.Display;

/// <summary>For a screen: the epoch under way is a bar with its figures, those before stand above it as lines.</summary>
internal sealed class LiveDisplay(IAnsiConsole console) : ITrainingDisplay
{
    private const int BarWidth = 20;
    private const int NarrowestWithBar = 64;
    private const int ColumnGap = 1;
    private static readonly TimeSpan RedrawEvery = TimeSpan.FromMilliseconds(80);

    public void WriteLine(string line) => console.WriteLine(line);

    public void WriteResult(string line) => console.WriteLine(line, new Style(Color.Green, decoration: Decoration.Bold));

    public TrainingResult Follow(TrainingCurve curve, Func<IProgress<TrainingProgress>, TrainingResult> train)
    {
        var figures = new LiveFigures(curve, console.Profile.Capabilities.Unicode);
        int bar = console.Profile.Width >= NarrowestWithBar ? BarWidth + ColumnGap : 0;
        var epoch = new TextColumn(ProgressText.Epoch);
        var rest = new TextColumn(progress => figures.Line(progress, console.Profile.Width - ProgressText.Epoch(progress).Length - bar - 2 * ColumnGap));
        return console
            .Progress()
            .AutoRefresh(false)
            .AutoClear(true)
            .Columns(bar > 0 ? [epoch, new ProgressBarColumn { Width = BarWidth }, rest] : [epoch, rest])
            .Start(context => train(new Reporter(console, context)));
    }

    /// <summary>Text that follows from the progress last reported.</summary>
    private sealed class TextColumn(Func<TrainingProgress, string> text) : ProgressColumn
    {
        protected override bool NoWrap => true;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(text(task.State.Get<TrainingProgress>(Reporter.Key)));
    }

    private sealed class Reporter : IProgress<TrainingProgress>
    {
        public const string Key = "progress";

        private readonly IAnsiConsole _console;
        private readonly ProgressContext _context;
        private ProgressTask? _task;
        private long _lastDrawn;

        public Reporter(IAnsiConsole console, ProgressContext context)
        {
            _console = console;
            _context = context;
        }

        public void Report(TrainingProgress value)
        {
            _task ??= _context.AddTask("training");
            _task.MaxValue = value.EpochSteps;
            _task.Value = value.IsEndOfEpoch && value.Epoch < value.Epochs ? 0 : value.EpochStep;
            _task.State.Update<TrainingProgress>(Key, _ => value);
            if (value.IsEndOfEpoch || value.Validation is not null)
            {
                _console.WriteLine(ProgressText.Line(value));
            }
            else if (Stopwatch.GetElapsedTime(_lastDrawn) >= RedrawEvery)
            {
                _lastDrawn = Stopwatch.GetTimestamp();
                _context.Refresh();
            }
        }
    }
}
