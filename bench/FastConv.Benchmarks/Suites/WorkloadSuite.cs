using FastConv.Benchmarks.Peers;

namespace FastConv.Benchmarks.Suites;

/// <summary>Products and convolutions, the same that are compared with other engines.</summary>
public abstract class WorkloadSuite : ComparedSuite
{
    private Workload _workload = null!;

    internal override IEnumerable<string> Names => Workloads.Select(NameOf);

    internal abstract IEnumerable<Workload> Workloads { get; }

    internal override WorkUnit Unit => WorkUnit.Flops;

    internal override double Amount => _workload.Flops;

    internal override (SuiteCall Library, SuiteCall Scalar) PrepareCalls()
    {
        _workload = Workloads.First(workload => NameOf(workload) == Call);
        var operands = new Operands(_workload);
        var result = new FloatBuffer(_workload.ResultLength);
        return (
            new SuiteCall(() => _workload.Run(operands), () => operands.Result.Span),
            new SuiteCall(() => RunScalar(_workload, operands.First.Span, operands.Second.Span, result.Span), () => result.Span));
    }

    internal abstract void RunScalar(Workload workload, ReadOnlySpan<float> first, ReadOnlySpan<float> second, Span<float> result);

    private static string NameOf(Workload workload) => $"{workload.Set}/{workload.Name} {workload.Pass}";
}
