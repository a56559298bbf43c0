using FastConv.Benchmarks.Steps;
using FastConv.Benchmarks.Suites.Scalar;

namespace FastConv.Benchmarks.Suites;

/// <summary>A step of an optimiser over the parameters of a model.</summary>
public class OptimizerBenchmarks : OpSuite
{
    internal override Func<OpSize, IEnumerable<OpCase>> Operations => OptimizerOps.Create;

    internal override Action BindScalar(OpCase step, OpBuffers buffers) => ScalarOptimizer.Bind(step, buffers);
}
