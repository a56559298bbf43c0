namespace FastConv.Benchmarks.Suites;

/// <summary>A call with everything that it needs in place.</summary>
/// <param name="Run">Makes the call.</param>
/// <param name="Result">What the last call computed.</param>
internal sealed record SuiteCall(Action Run, Func<ReadOnlySpan<float>> Result)
{
    /// <summary>Makes the call; returns a value of its result, which BenchmarkDotNet consumes.</summary>
    public float RunAndRead()
    {
        Run();
        return Result()[0];
    }
}
