using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tensors;

namespace FastConv.Layers;

/// <summary>
/// Convolution of images: [batch, in channels, height, width] to [batch, out channels, output height, output width].
/// Source: https://pytorch.org/docs/stable/generated/torch.nn.Conv2d.html
/// </summary>
public sealed class Conv2d : WeightedLayer
{
    private readonly Window2d _window;
    private readonly ConvolutionOptions _forwardOptions;
    private readonly ConvolutionOptions _activatedOptions;
    private readonly PerShape<Conv2dShape> _shapes = new();
    private readonly PackedFilters _packedFilters = new();
    private ConvolutionOptions _backwardInputOptions;
    private ConvolutionOptions _backwardWeightOptions;

    /// <summary>With starting values from a random seed.</summary>
    /// <param name="inChannels">Channels of the input.</param>
    /// <param name="outChannels">Channels of the output.</param>
    /// <param name="kernelSize">Taps: one number or a (height, width) pair, as are stride and dilation.</param>
    /// <param name="stride">Pixels from window to window; 1 unless given.</param>
    /// <param name="padding">Zeros around the image, or <see cref="Padding.Same"/>.</param>
    /// <param name="dilation">Pixels from tap to tap; 1 unless given.</param>
    /// <param name="groups">Independent convolutions side by side; divides both channel counts.</param>
    /// <param name="bias">Whether a number is added to each output channel.</param>
    /// <param name="options">Algorithm and fused activation of the forward pass, thread limit of all passes.</param>
    /// <exception cref="ArgumentException">
    /// A size, stride, dilation or group count below 1, a negative padding, groups that do not divide both channel counts, or a weight
    /// larger than an array can be.
    /// </exception>
    public Conv2d(
        int inChannels,
        int outChannels,
        Size2d kernelSize,
        Size2d? stride = null,
        Padding padding = default,
        Size2d? dilation = null,
        int groups = 1,
        bool bias = true,
        ConvolutionOptions? options = null)
        : this(outChannels, new Window2d(nameof(Conv2d), kernelSize, stride ?? 1, padding, dilation ?? 1), groups, bias, options)
    {
        Require.Positive(nameof(Conv2d), nameof(inChannels), inChannels);
        if (inChannels % groups != 0)
        {
            throw Refuse($"groups expects a divisor of both channel counts, received {groups} for {inChannels} input channels");
        }

        SetInChannels(inChannels);
    }

    private Conv2d(int outChannels, Window2d window, int groups, bool bias, ConvolutionOptions? options)
        : base(bias)
    {
        Require.Positive(nameof(Conv2d), nameof(outChannels), outChannels);
        Require.Positive(nameof(Conv2d), nameof(groups), groups);
        if (outChannels % groups != 0)
        {
            throw Refuse($"groups expects a divisor of both channel counts, received {groups} for {outChannels} output channels");
        }

        OutChannels = outChannels;
        Groups = groups;
        _window = window;
        _forwardOptions = options ?? ConvolutionOptions.Default;
        _activatedOptions = _forwardOptions with { Activation = Activation.ReLU };
        _backwardInputOptions = _forwardOptions with { Algorithm = ConvolutionAlgorithm.Auto };
        _backwardWeightOptions = _backwardInputOptions;
    }

    /// <summary>Channels of the input; 0 in a lazy layer that has not been built.</summary>
    public int InChannels { get; private set; }

    /// <summary>Channels of the output.</summary>
    public int OutChannels { get; }

    /// <summary>Independent convolutions side by side.</summary>
    public int Groups { get; }

    /// <summary>Taps of the window.</summary>
    public Size2d KernelSize => _window.Size;

    /// <summary>Pixels from window to window.</summary>
    public Size2d Stride => _window.Stride;

    /// <summary>Zeros around the image.</summary>
    public Padding Padding => _window.Padding;

    /// <summary>Pixels from tap to tap.</summary>
    public Size2d Dilation => _window.Dilation;

    /// <summary>How the gradient of the input is computed.</summary>
    public ConvolutionAlgorithm BackwardInputAlgorithm
    {
        get => _backwardInputOptions.Algorithm;
        init => _backwardInputOptions = _backwardInputOptions with { Algorithm = value };
    }

    /// <summary>How the gradient of the weight is computed.</summary>
    public ConvolutionAlgorithm BackwardWeightAlgorithm
    {
        get => _backwardWeightOptions.Algorithm;
        init => _backwardWeightOptions = _backwardWeightOptions with { Algorithm = value };
    }

    /// <summary>A layer that takes its number of input channels from <see cref="Layer.Build"/> or the first <see cref="Layer.Forward"/>.</summary>
    /// <inheritdoc cref="Conv2d(int, int, Size2d, Size2d?, Padding, Size2d?, int, bool, ConvolutionOptions?)"/>
    public static Conv2d Lazy(
        int outChannels,
        Size2d kernelSize,
        Size2d? stride = null,
        Padding padding = default,
        Size2d? dilation = null,
        int groups = 1,
        bool bias = true,
        ConvolutionOptions? options = null) =>
        new(outChannels, new Window2d(nameof(Conv2d), kernelSize, stride ?? 1, padding, dilation ?? 1), groups, bias, options);

    /// <inheritdoc/>
    public override TensorShape OutputShape(TensorShape inputShape) => ShapeFor(inputShape).OutputShape;

    internal override void Materialize(TensorShape inputShape)
    {
        if (!IsBuilt)
        {
            SetInChannels(inputShape[1]);
        }
    }

    /// <inheritdoc/>
    protected internal override long OwnMultiplyAdds(TensorShape inputShape) => ShapeFor(inputShape).MultiplyAdds;

    internal override string ForwardAlgorithm(TensorShape inputShape) =>
        ConvolutionPlan.Choose(nameof(Conv2d), ShapeFor(inputShape), ConvolutionPass.Forward, _forwardOptions).Algorithm.ToString();

    private protected override Activation OwnActivation => _forwardOptions.Activation;

    private protected override void Infer(TensorShape inputShape, ReadOnlySpan<float> input, Span<float> output, Activation activation) =>
        Infer(inputShape, input, Weight.Value, BiasValues, output, activation, _packedFilters);

    /// <summary>The layer's convolution with other weights.</summary>
    internal void Infer(
        TensorShape inputShape, ReadOnlySpan<float> input, Tensor weight, ReadOnlySpan<float> bias, Span<float> output, Activation activation, PackedFilters packed) =>
        Conv2dPrimitives.Forward(
            ShapeFor(inputShape),
            input,
            weight.Values,
            bias,
            output,
            activation == Activation.ReLU ? _activatedOptions : _forwardOptions,
            new FilterVersion(packed, weight.Version));

    private protected override void Backward(Tensor input, ReadOnlySpan<float> gradSums, Tensor? gradInput)
    {
        Conv2dShape shape = ShapeFor(input.Shape);
        Conv2dPrimitives.BackwardWeight(shape, input.Values, gradSums, Weight.Gradient.Span, BiasGradients, _backwardWeightOptions);
        if (gradInput is not null)
        {
            Conv2dPrimitives.BackwardInput(
                shape, gradSums, Weight.Value.Values, gradInput.Span, _backwardInputOptions, new FilterVersion(_packedFilters, Weight.Value.Version));
        }
    }

    private Conv2dShape ShapeFor(TensorShape inputShape) =>
        _shapes.TryFind(inputShape, out Conv2dShape? known) ? known : MakeShape(inputShape);

    private Conv2dShape MakeShape(TensorShape inputShape)
    {
        if (inputShape.Rank != 4)
        {
            throw Refuse($"expects [batch, channels, height, width], input is {inputShape}");
        }

        if (IsBuilt && inputShape[1] != InChannels)
        {
            throw Refuse($"weight expects {InChannels} input channels, input is {inputShape}");
        }

        try
        {
            Conv2dShape shape = Conv2dShape.Create(
                inputShape[0], inputShape[1], inputShape[2], inputShape[3], OutChannels, _window.Size, _window.Stride, _window.Padding, _window.Dilation, Groups);
            _ = ConvolutionPlan.Choose(nameof(Conv2d), shape, ConvolutionPass.Forward, _forwardOptions);

            // Before it is built, the layer would take other channels as well.
            return IsBuilt ? _shapes.Keep(inputShape, shape) : shape;
        }
        catch (ArgumentException unfit)
        {
            throw Refuse(inputShape, unfit);
        }
    }

    private void SetInChannels(int inChannels)
    {
        MakeParameters([OutChannels, inChannels / Groups, _window.Size.Height, _window.Size.Width]);
        InChannels = inChannels;
    }
}
