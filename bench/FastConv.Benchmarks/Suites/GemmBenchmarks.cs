using FastConv.Benchmarks.Peers;
using FastConv.Benchmarks.Suites.Scalar;

namespace FastConv.Benchmarks.Suites;

/// <summary>The matrix products of the chosen sets.</summary>
public class GemmBenchmarks : WorkloadSuite
{
    internal override IEnumerable<Workload> Workloads => ShapeSets.Products;

    internal override void RunScalar(Workload workload, ReadOnlySpan<float> first, ReadOnlySpan<float> second, Span<float> result)
    {
        var product = (GemmWorkload)workload;
        ScalarGemm.Multiply(product.M, product.N, product.K, first, second, result);
    }
}
