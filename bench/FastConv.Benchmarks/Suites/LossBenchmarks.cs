using FastConv.Benchmarks.Steps;
using FastConv.Benchmarks.Suites.Scalar;

namespace FastConv.Benchmarks.Suites;

/// <summary>Losses and their gradients.</summary>
public class LossBenchmarks : OpSuite
{
    internal override Func<OpSize, IEnumerable<OpCase>> Operations => LossOps.Create;

    internal override Action BindScalar(OpCase step, OpBuffers buffers) => ScalarLoss.Bind(step, buffers);
}
