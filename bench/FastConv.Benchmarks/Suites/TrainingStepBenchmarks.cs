using BenchmarkDotNet.Attributes;
using FastConv.Benchmarks.Steps;
using FastConv.Layers;
using FastConv.Shapes;

namespace FastConv.Benchmarks.Suites;

/// <summary>Gradients to zero, forward, loss, backward and Adam, of the recipe's batch.</summary>
public class TrainingStepBenchmarks : NetworkSuite
{
    internal override IEnumerable<StepCase> Cases => Networks.Steps(batch: null);

    [Benchmark]
    public object Step() => Run();

    // Both gradients of a layer are as much work as its forward; the first layer has none to its input.
    internal override long MultiplyAdds(Sequential model, TensorShape inputShape) =>
        3 * model.MultiplyAdds(inputShape) - model[0].MultiplyAdds(inputShape);
}
