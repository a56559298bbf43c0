using System.Globalization;

namespace FastConv.Parallelism;

/// <summary>How many threads the process gives to FastConv.</summary>
public static class ThreadSettings
{
    /// <summary>The environment variable that sets <see cref="MaxThreads"/> at start.</summary>
    public const string EnvironmentVariable = "FASTCONV_NUM_THREADS";

    /// <summary>The most threads there can be.</summary>
    public const int Limit = 256;

    private static int _maxThreads = Initial();

    /// <summary>
    /// Threads that one call may use, the caller's own included: the number of processors unless the environment or the program
    /// says otherwise. Results have the same bits for every value.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A value below 1 or above <see cref="Limit"/>.</exception>
    public static int MaxThreads
    {
        get => _maxThreads;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Limit);
            _maxThreads = value;
        }
    }

    private static int Initial()
    {
        string? text = Environment.GetEnvironmentVariable(EnvironmentVariable);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int threads) && threads is >= 1 and <= Limit
            ? threads
            : Math.Min(Environment.ProcessorCount, Limit);
    }
}
