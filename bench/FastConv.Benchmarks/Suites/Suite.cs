using BenchmarkDotNet.Attributes;

namespace FastConv.Benchmarks.Suites;

/// <summary>Benchmarks of calls that have a name, beside the limit of the process that measures them.</summary>
public abstract class Suite
{
    private double _limit;

    // BenchmarkDotNet finds an overridden source twice.
    public IEnumerable<string> Calls => Names;

    [ParamsSource(nameof(Calls))]
    public string Call { get; set; } = "";

    /// <summary>The calls there are.</summary>
    internal abstract IEnumerable<string> Names { get; }

    /// <summary>What limits a call.</summary>
    internal abstract WorkUnit Unit { get; }

    /// <summary>How much of it the call does; known once it is prepared.</summary>
    internal abstract double Amount { get; }

    [GlobalSetup]
    public void Setup()
    {
        _limit = ProcessLimit.Measure(Unit);
        Prepare();
    }

    /// <summary>The limit is the better of those before and after: a clock that has changed meanwhile shows in neither alone.</summary>
    [GlobalCleanup]
    public void Report() =>
        Console.WriteLine(new CallWork(Unit, Amount, Math.Max(_limit, ProcessLimit.Measure(Unit))).ToLine());

    /// <summary>Puts everything in place that <see cref="Call"/> needs.</summary>
    internal abstract void Prepare();
}
