using BenchmarkDotNet.Attributes;
using FastConv.Primitives;

namespace FastConv.Benchmarks;

/// <summary>Forward and backward to the weights, by the algorithms that can do both.</summary>
public class Conv2dBenchmarks : Conv2dBenchmarkCase
{
    [Params(ConvolutionAlgorithm.Auto, ConvolutionAlgorithm.Im2ColGemm, ConvolutionAlgorithm.Direct)]
    public override ConvolutionAlgorithm Algorithm { get; set; }

    [Benchmark]
    public void Forward() => RunForward();

    [Benchmark]
    public void BackwardWeight() => RunBackwardWeight();
}
