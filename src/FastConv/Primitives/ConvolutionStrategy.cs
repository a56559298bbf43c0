using FastConv.Shapes;

namespace FastConv.Primitives;

/// <summary>
/// One way to compute convolutions, over checked operands: input [batch, in channels, height, width], weight [out channels, in channels /
/// groups, kernel height, kernel width], gradients alike. Images, groups and channels are cut into pieces that do not depend on the
/// thread count, so results have the same bits on any number of threads.
/// </summary>
internal abstract unsafe class ConvolutionStrategy
{
    public abstract ConvolutionAlgorithm Algorithm { get; }

    /// <summary>Whether it can do this shape and pass at all.</summary>
    public abstract bool CanDo(Conv2dShape shape, ConvolutionPass pass);

    /// <summary>Whether it is the right choice, given that those before it in <see cref="ConvolutionPlan"/>'s list are not.</summary>
    public abstract bool IsMeantFor(Conv2dShape shape, ConvolutionPass pass);

    /// <summary>Whether every output is one sum of its products.</summary>
    public virtual bool IsStrict => true;

    /// <summary>Overwrites the output; <paramref name="bias"/> may be null.</summary>
    public abstract void Forward(
        Conv2dShape shape, float* input, float* weight, float* bias, Activation activation, float* output, int maxThreads, FilterVersion version);

    /// <summary>Overwrites the input's gradient.</summary>
    public abstract void BackwardInput(Conv2dShape shape, float* gradOutput, float* weight, float* gradInput, int maxThreads, FilterVersion version);

    /// <summary>Adds to the weights' gradient.</summary>
    public abstract void BackwardWeight(Conv2dShape shape, float* input, float* gradOutput, float* gradWeight, int maxThreads);
}
