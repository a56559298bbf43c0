using System.Globalization;

namespace FastConv.Parallelism;

/// <summary>How many threads the process gives to FastConv.</summary>
public static class ThreadSettings
{
    /// <summary>The environment variable that sets <see cref="MaxThreads"/> at start.</summary>
    public const string EnvironmentVariable = "FASTCONV_NUM_THREADS";

    /// <summary>The most threads there can be.</summary>
    public const int Limit = 256;

    private static int _maxThreads = FromText(Environment.GetEnvironmentVariable(EnvironmentVariable));

    [ThreadStatic]
    private static int _limit;

    /// <summary>
    /// Threads that one call may use, the caller's own included: the number of processors unless the environment or the program
    /// says otherwise; less where <see cref="LimitTo"/> is in force. Results have the same bits for every value. Setting it is for the whole process.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A value below 1 or above <see cref="Limit"/>.</exception>
    public static int MaxThreads
    {
        get => _limit == 0 ? _maxThreads : Math.Min(_limit, _maxThreads);
        set
        {
            RequireCount(value);
            _maxThreads = value;
        }
    }

    /// <summary>
    /// Calls from this thread use at most so many threads until the result is disposed, on this thread: for programs that train one model a
    /// thread. Limits may be nested; the innermost holds. It does not follow an <c>await</c>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A value below 1 or above <see cref="Limit"/>.</exception>
    public static ThreadLimitScope LimitTo(int threads)
    {
        RequireCount(threads);
        int before = _limit;
        _limit = threads;
        return new ThreadLimitScope(before);
    }

    internal static void RestoreLimit(int before) => _limit = before;

    private static void RequireCount(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threads, Limit);
    }

    /// <summary>What the environment variable says, where that is a possible count.</summary>
    internal static int FromText(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int threads) && threads is >= 1 and <= Limit
            ? threads
            : Math.Min(Environment.ProcessorCount, Limit);
}
