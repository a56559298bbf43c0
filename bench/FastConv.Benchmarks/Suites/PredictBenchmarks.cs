using BenchmarkDotNet.Attributes;
using FastConv.Benchmarks.Steps;
using FastConv.Layers;
using FastConv.Shapes;

namespace FastConv.Benchmarks.Suites;

/// <summary>Predictions of one image and of many.</summary>
public class PredictBenchmarks : NetworkSuite
{
    internal override IEnumerable<StepCase> Cases => Networks.Predictions(batch: null);

    [Benchmark]
    public object Predict() => Run();

    internal override long MultiplyAdds(Sequential model, TensorShape inputShape) => model.MultiplyAdds(inputShape);
}
