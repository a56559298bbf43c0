using System.Diagnostics;

namespace FastConv.Cli.Display;

/// <summary>How long training will still take, if it goes on as it did.</summary>
/// <param name="totalSteps">Steps that training will have taken in the end.</param>
internal sealed class Countdown(long totalSteps)
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private int? _firstStep;

    /// <summary>Null until there is a step to judge by.</summary>
    /// <param name="step">Steps done. Those before the first call, of a run that is continued, took none of the time.</param>
    public TimeSpan? Left(int step)
    {
        int first = _firstStep ??= step - 1;
        return step > first ? Stopwatch.GetElapsedTime(_start) / (step - first) * Math.Max(0, totalSteps - step) : null;
    }
}
