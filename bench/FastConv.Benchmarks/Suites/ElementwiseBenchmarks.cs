using FastConv.Benchmarks.Steps;
using FastConv.Benchmarks.Suites.Scalar;

namespace FastConv.Benchmarks.Suites;

/// <summary>Activations, softmax, dropout, sums and joins, both passes.</summary>
public class ElementwiseBenchmarks : OpSuite
{
    internal override Func<OpSize, IEnumerable<OpCase>> Operations => ElementwiseOps.Create;

    internal override Action BindScalar(OpCase step, OpBuffers buffers) => ScalarElementwise.Bind(step, buffers);
}
