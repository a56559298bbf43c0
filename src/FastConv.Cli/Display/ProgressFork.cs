namespace FastConv.Cli.Display;

/// <summary>Passes every report on to two listeners, on the same thread.</summary>
internal sealed class ProgressFork<T>(IProgress<T> first, IProgress<T> second) : IProgress<T>
{
    public void Report(T value)
    {
        first.Report(value);
        second.Report(value);
    }
}
