namespace FastConv.Benchmarks.Peers;

/// <summary>Which of the three computations of a convolution is measured.</summary>
internal enum ConvolutionPassName
{
    Forward,
    BackwardInput,
    BackwardWeight,
}

/// <summary>The words of the command line and of the results.</summary>
internal static class ConvolutionPassNames
{
    public static string ToText(this ConvolutionPassName pass) => pass switch
    {
        ConvolutionPassName.Forward => "forward",
        ConvolutionPassName.BackwardInput => "backward-input",
        _ => "backward-weight",
    };
}
