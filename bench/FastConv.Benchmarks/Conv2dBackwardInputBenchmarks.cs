using BenchmarkDotNet.Attributes;
using FastConv.Primitives;

namespace FastConv.Benchmarks;

/// <summary>Backward to the input: GEMM and col2im beside the convolution with the rotated kernel, and the plain one.</summary>
public class Conv2dBackwardInputBenchmarks : Conv2dBenchmarkCase
{
    [Params(ConvolutionAlgorithm.Auto, ConvolutionAlgorithm.Im2ColGemm, ConvolutionAlgorithm.RotatedKernel, ConvolutionAlgorithm.Direct)]
    public override ConvolutionAlgorithm Algorithm { get; set; }

    [Benchmark]
    public void BackwardInput() => RunBackwardInput();
}
