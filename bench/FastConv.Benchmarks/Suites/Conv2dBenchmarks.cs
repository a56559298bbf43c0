using FastConv.Benchmarks.Peers;
using FastConv.Benchmarks.Suites.Scalar;

namespace FastConv.Benchmarks.Suites;

/// <summary>The three passes of the convolutions of the chosen sets.</summary>
public class Conv2dBenchmarks : WorkloadSuite
{
    internal override IEnumerable<Workload> Workloads =>
        from layer in ShapeSets.Convolutions
        from pass in Enum.GetValues<ConvolutionPassName>()
        select new ConvolutionWorkload(layer.Set, layer.Name, layer.Shape, pass);

    internal override void RunScalar(Workload workload, ReadOnlySpan<float> first, ReadOnlySpan<float> second, Span<float> result)
    {
        var convolution = (ConvolutionWorkload)workload;
        switch (convolution.Direction)
        {
            case ConvolutionPassName.Forward:
                ScalarConvolution.Forward(convolution.Shape, first, second, result);
                break;
            case ConvolutionPassName.BackwardInput:
                ScalarConvolution.BackwardInput(convolution.Shape, first, second, result);
                break;
            default:
                ScalarConvolution.BackwardWeight(convolution.Shape, first, second, result);
                break;
        }
    }
}
