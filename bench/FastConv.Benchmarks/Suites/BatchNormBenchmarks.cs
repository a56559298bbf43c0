using FastConv.Benchmarks.Steps;
using FastConv.Benchmarks.Suites.Scalar;

namespace FastConv.Benchmarks.Suites;

/// <summary>Batch normalisation in training, both passes.</summary>
public class BatchNormBenchmarks : OpSuite
{
    internal override Func<OpSize, IEnumerable<OpCase>> Operations => NormalizationOps.Create;

    internal override Action BindScalar(OpCase step, OpBuffers buffers) => ScalarBatchNorm.Bind(step, buffers);
}
