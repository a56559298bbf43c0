namespace FastConv.Primitives;

/// <summary>The three products of a convolution layer's training step.</summary>
internal enum ConvolutionPass
{
    Forward,
    BackwardInput,
    BackwardWeight,
}
