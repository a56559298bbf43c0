using FastConv.Primitives;

namespace FastConv.Cli;

/// <summary>Another precision of all convolutions until it is disposed.</summary>
internal readonly struct PrecisionLimit : IDisposable
{
    private readonly ConvolutionPrecision _before;

    public PrecisionLimit(ConvolutionPrecision precision)
    {
        _before = ConvolutionOptions.ProcessPrecision;
        ConvolutionOptions.ProcessPrecision = precision;
    }

    public void Dispose() => ConvolutionOptions.ProcessPrecision = _before;
}
