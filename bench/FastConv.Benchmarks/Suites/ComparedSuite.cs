using BenchmarkDotNet.Attributes;
using FastConv.Benchmarks.Peers;

namespace FastConv.Benchmarks.Suites;

/// <summary>Calls beside the scalar loop that a .NET program has without a library, on the same operands. Both must compute the same.</summary>
public abstract class ComparedSuite : Suite
{
    private SuiteCall _library = null!;
    private SuiteCall _scalar = null!;

    [Benchmark(Baseline = true)]
    public float ScalarLoop() => _scalar.RunAndRead();

    [Benchmark]
    public float Library() => _library.RunAndRead();

    /// <exception cref="InvalidOperationException">The results differ.</exception>
    internal override void Prepare()
    {
        (_library, _scalar) = PrepareCalls();
        _library.Run();
        _scalar.Run();
        if (Describe(_library.Result(), _scalar.Result()) is { } difference)
        {
            throw new InvalidOperationException($"{Call}: the library and the scalar loop differ: {difference}");
        }
    }

    /// <summary>Both sides, on the same operands, each with a result of its own.</summary>
    internal abstract (SuiteCall Library, SuiteCall Scalar) PrepareCalls();

    /// <summary>How the results differ, or null.</summary>
    internal virtual string? Describe(ReadOnlySpan<float> library, ReadOnlySpan<float> scalar) => ResultCheck.Describe(library, scalar);
}
