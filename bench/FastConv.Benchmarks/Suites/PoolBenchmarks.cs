using FastConv.Benchmarks.Steps;
using FastConv.Benchmarks.Suites.Scalar;

namespace FastConv.Benchmarks.Suites;

/// <summary>Max, average and global pooling, both passes.</summary>
public class PoolBenchmarks : OpSuite
{
    internal override Func<OpSize, IEnumerable<OpCase>> Operations => PoolOps.Create;

    internal override Action BindScalar(OpCase step, OpBuffers buffers) => ScalarPool.Bind(step, buffers);
}
