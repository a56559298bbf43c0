namespace FastConv.Benchmarks.Suites;

/// <summary>Environment variables that hold names: BenchmarkDotNet has the command line, and the processes that measure inherit these.</summary>
internal static class ListVariable
{
    /// <summary>The names of a variable, separated by commas; <paramref name="usual"/> where it is not set.</summary>
    /// <exception cref="ArgumentException">A name that is not among the known.</exception>
    public static string[] Read(string variable, string[] usual, IReadOnlyCollection<string> known)
    {
        string[] names = Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
            ? [.. text.Split(',', StringSplitOptions.TrimEntries).Distinct()]
            : usual;
        return names.Except(known).FirstOrDefault() is { } unknown
            ? throw new ArgumentException($"{variable}: there is no '{unknown}'; there are {string.Join(", ", known)}")
            : names;
    }
}
