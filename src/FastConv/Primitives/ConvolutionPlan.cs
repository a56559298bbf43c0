using FastConv.Kernels.Winograd;
using FastConv.Shapes;

namespace FastConv.Primitives;

/// <summary>The only place that picks how a convolution is computed: the first of an ordered list, which ends in the plain one.</summary>
internal static class ConvolutionPlan
{
    private static readonly ConvolutionStrategy[] Strategies =
    [
        new DepthwiseConvolution(),
        new WinogradConvolution<Winograd4x4>(ConvolutionAlgorithm.Winograd4x4, fewestChannels: 16),
        new WinogradConvolution<Winograd5x5>(ConvolutionAlgorithm.Winograd5x5, fewestChannels: 16),
        new WinogradConvolution<Winograd2x2>(ConvolutionAlgorithm.Winograd2x2, fewestChannels: int.MaxValue),
        new DirectConvolution(),
        new ImplicitGemmConvolution(),
        new RotatedKernelConvolution(),
        new Im2ColGemmConvolution(),
    ];

    /// <summary>The strategy for a pass.</summary>
    /// <exception cref="ArgumentException">The algorithm asked for cannot do the shape or the pass, or is none.</exception>
    public static ConvolutionStrategy Choose(string op, Conv2dShape shape, ConvolutionPass pass, ConvolutionOptions options)
    {
        foreach (ConvolutionStrategy strategy in Strategies)
        {
            bool isChosen = options.Algorithm == ConvolutionAlgorithm.Auto
                ? strategy.IsMeantFor(shape, pass) && (strategy.IsStrict || options.EffectivePrecision == ConvolutionPrecision.Default)
                : strategy.Algorithm == options.Algorithm;
            if (isChosen && strategy.CanDo(shape, pass))
            {
                return strategy;
            }
        }

        throw new ArgumentException($"{op}: the algorithm {options.Algorithm} cannot do {shape}.", nameof(options));
    }
}
