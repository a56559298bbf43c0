using FastConv.Kernels.Reductions;
using FastConv.Parallelism;
using FastConv.Shapes;

namespace FastConv.Primitives;

/// <summary>
/// 2-D convolution over NCHW images and its gradients. Source: https://pytorch.org/docs/stable/generated/torch.nn.functional.conv2d.html
/// </summary>
public static unsafe class Conv2dPrimitives
{
    // Below this many multiply-adds a dispatch costs more than another core brings.
    private const long SmallestParallelWork = 1 << 18;

    /// <summary>output = convolution of input with weight, plus bias.</summary>
    /// <param name="shape">All sizes.</param>
    /// <param name="input">[batch, in channels, height, width].</param>
    /// <param name="weight">[out channels, in channels / groups, kernel height, kernel width].</param>
    /// <param name="bias">[out channels], or empty.</param>
    /// <param name="output">[batch, out channels, output height, output width]; overwritten.</param>
    /// <param name="options">The algorithm, a fused activation, a thread limit.</param>
    /// <exception cref="ArgumentException">A span of the wrong length, the output overlaps an input, or the algorithm cannot do the shape.</exception>
    public static void Forward(
        Conv2dShape shape,
        ReadOnlySpan<float> input,
        ReadOnlySpan<float> weight,
        ReadOnlySpan<float> bias,
        Span<float> output,
        ConvolutionOptions? options = null) => Forward(shape, input, weight, bias, output, options, default);

    /// <summary>gradInput = the gradient of the loss with respect to the input.</summary>
    /// <param name="shape">All sizes.</param>
    /// <param name="gradOutput">[batch, out channels, output height, output width].</param>
    /// <param name="weight">[out channels, in channels / groups, kernel height, kernel width].</param>
    /// <param name="gradInput">[batch, in channels, height, width]; overwritten.</param>
    /// <param name="options">The algorithm, a thread limit.</param>
    /// <exception cref="ArgumentException">A span of the wrong length, the result overlaps an input, or the algorithm cannot do the shape.</exception>
    public static void BackwardInput(
        Conv2dShape shape, ReadOnlySpan<float> gradOutput, ReadOnlySpan<float> weight, Span<float> gradInput, ConvolutionOptions? options = null) =>
        BackwardInput(shape, gradOutput, weight, gradInput, options, default);

    /// <summary>The same with filters that a layer keeps packed.</summary>
    internal static void Forward(
        Conv2dShape shape,
        ReadOnlySpan<float> input,
        ReadOnlySpan<float> weight,
        ReadOnlySpan<float> bias,
        Span<float> output,
        ConvolutionOptions? options,
        FilterVersion version)
    {
        const string Op = "Conv2d.Forward";
        ArgumentNullException.ThrowIfNull(shape);
        options ??= ConvolutionOptions.Default;
        Require.Length(Op, nameof(input), shape.InputShape.Length, input.Length);
        Require.Length(Op, nameof(weight), shape.WeightShape.Length, weight.Length);
        Require.LengthOrEmpty(Op, nameof(bias), shape.OutChannels, bias.Length);
        Require.Length(Op, nameof(output), shape.OutputShape.Length, output.Length);
        Require.NoOverlap(Op, nameof(input), input, nameof(output), output);
        Require.NoOverlap(Op, nameof(weight), weight, nameof(output), output);
        Require.NoOverlap(Op, nameof(bias), bias, nameof(output), output);
        Require.KnownActivation(Op, options.Activation);
        int threads = ThreadsOf(Op, shape, options);
        ConvolutionStrategy strategy = ConvolutionPlan.Choose(Op, shape, ConvolutionPass.Forward, options);
        fixed (float* x = input, w = weight, b = bias, y = output)
        {
            try
            {
                strategy.Forward(shape, x, w, b, options.Activation, y, threads, version);
            }
            catch (OverflowException overflow)
            {
                throw TooLarge(Op, shape, strategy, overflow);
            }
        }
    }

    /// <summary>The same with filters that a layer keeps packed.</summary>
    internal static void BackwardInput(
        Conv2dShape shape,
        ReadOnlySpan<float> gradOutput,
        ReadOnlySpan<float> weight,
        Span<float> gradInput,
        ConvolutionOptions? options,
        FilterVersion version)
    {
        const string Op = "Conv2d.BackwardInput";
        ArgumentNullException.ThrowIfNull(shape);
        options ??= ConvolutionOptions.Default;
        Require.Length(Op, nameof(gradOutput), shape.OutputShape.Length, gradOutput.Length);
        Require.Length(Op, nameof(weight), shape.WeightShape.Length, weight.Length);
        Require.Length(Op, nameof(gradInput), shape.InputShape.Length, gradInput.Length);
        Require.NoOverlap(Op, nameof(gradOutput), gradOutput, nameof(gradInput), gradInput);
        Require.NoOverlap(Op, nameof(weight), weight, nameof(gradInput), gradInput);
        int threads = ThreadsOf(Op, shape, options);
        ConvolutionStrategy strategy = ConvolutionPlan.Choose(Op, shape, ConvolutionPass.BackwardInput, options);
        fixed (float* dy = gradOutput, w = weight, dx = gradInput)
        {
            try
            {
                strategy.BackwardInput(shape, dy, w, dx, threads, version);
            }
            catch (OverflowException overflow)
            {
                throw TooLarge(Op, shape, strategy, overflow);
            }
        }
    }

    /// <summary>gradWeight and gradBias += the gradients of the loss with respect to weight and bias.</summary>
    /// <param name="shape">All sizes.</param>
    /// <param name="input">[batch, in channels, height, width].</param>
    /// <param name="gradOutput">[batch, out channels, output height, output width].</param>
    /// <param name="gradWeight">[out channels, in channels / groups, kernel height, kernel width]; added to.</param>
    /// <param name="gradBias">[out channels], added to; or empty.</param>
    /// <param name="options">The algorithm, a thread limit.</param>
    /// <exception cref="ArgumentException">A span of the wrong length, a result overlaps an input, or the algorithm cannot do the shape.</exception>
    public static void BackwardWeight(
        Conv2dShape shape,
        ReadOnlySpan<float> input,
        ReadOnlySpan<float> gradOutput,
        Span<float> gradWeight,
        Span<float> gradBias,
        ConvolutionOptions? options = null)
    {
        const string Op = "Conv2d.BackwardWeight";
        ArgumentNullException.ThrowIfNull(shape);
        options ??= ConvolutionOptions.Default;
        Require.Length(Op, nameof(input), shape.InputShape.Length, input.Length);
        Require.Length(Op, nameof(gradOutput), shape.OutputShape.Length, gradOutput.Length);
        Require.Length(Op, nameof(gradWeight), shape.WeightShape.Length, gradWeight.Length);
        Require.LengthOrEmpty(Op, nameof(gradBias), shape.OutChannels, gradBias.Length);
        Require.NoOverlap(Op, nameof(input), input, nameof(gradWeight), gradWeight);
        Require.NoOverlap(Op, nameof(gradOutput), gradOutput, nameof(gradWeight), gradWeight);
        Require.NoOverlap(Op, nameof(input), input, nameof(gradBias), gradBias);
        Require.NoOverlap(Op, nameof(gradOutput), gradOutput, nameof(gradBias), gradBias);
        Require.NoOverlap(Op, nameof(gradWeight), gradWeight, nameof(gradBias), gradBias);
        int threads = ThreadsOf(Op, shape, options);
        ConvolutionStrategy strategy = ConvolutionPlan.Choose(Op, shape, ConvolutionPass.BackwardWeight, options);
        fixed (float* x = input, dy = gradOutput, dw = gradWeight, db = gradBias)
        {
            try
            {
                strategy.BackwardWeight(shape, x, dy, dw, threads);
            }
            catch (OverflowException overflow)
            {
                throw TooLarge(Op, shape, strategy, overflow);
            }

            if (db != null)
            {
                var job = new BiasJob(shape, dy, db);
                WorkerTeam.Run(ref job, shape.OutChannels, threads);
            }
        }
    }

    private static int ThreadsOf(string op, Conv2dShape shape, ConvolutionOptions options)
    {
        Require.InRange(op, nameof(ConvolutionOptions.MaxThreads), 0, ThreadSettings.Limit, options.MaxThreads);
        int limit = options.MaxThreads == 0 ? ThreadSettings.MaxThreads : options.MaxThreads;
        return shape.MultiplyAdds < SmallestParallelWork ? 1 : limit;
    }

    // A strategy rents its workspace, whose length is a checked product of sizes, before it writes anything.
    private static ArgumentException TooLarge(string op, Conv2dShape shape, ConvolutionStrategy strategy, OverflowException reason) =>
        new($"{op}: the algorithm {strategy.Algorithm} needs a workspace for {shape} that is larger than one array can be ({Array.MaxLength}).", nameof(shape), reason);

    // The bias gradient of one channel: the sum of its output gradients.
    private readonly struct BiasJob(Conv2dShape shape, float* gradOutput, float* gradBias) : IParallelJob
    {
        public void Execute(int index, int worker)
        {
            float* planes = gradOutput + (nint)index * shape.OutputPlane;
            (double sum, _) = ReductionKernel.Runs<SumReduction>(
                planes, planes, shape.Batch, shape.OutChannels * shape.OutputPlane, shape.OutputPlane, pivot: 0);
            gradBias[index] += (float)sum;
        }
    }
}
