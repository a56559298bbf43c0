using FastConv.Primitives;
using FastConv.Randomness;
using FastConv.Shapes;
using FastConv.Tensors;

namespace FastConv.Layers;

/// <summary>
/// What the batch normalisations share: (x - mean) / sqrt(variance + epsilon) * weight + bias for every channel. Training takes the
/// statistics of the batch and moves the running ones towards them, evaluation takes the running ones.
/// Source: Ioffe, Szegedy, "Batch normalization" (ICML 2015).
/// </summary>
public abstract class BatchNormLayer : LeafLayer, IActivated
{
    private readonly PerShape<BatchNormShape> _shapes = new();
    private readonly bool _isAffine;
    private Parameter? _weight;
    private Parameter? _bias;
    private Tensor? _runningMean;
    private Tensor? _runningVariance;
    private Tensor? _batchesTracked;
    private float[] _savedMean = [];
    private float[] _savedInverseStd = [];

    // Whether the last forward took the statistics of its batch.
    private bool _normalizedByBatch;

    private protected BatchNormLayer(float epsilon, float? momentum, bool affine)
    {
        if (!(epsilon > 0 && float.IsFinite(epsilon)))
        {
            throw Refuse($"epsilon expects a finite number above 0, received {epsilon}");
        }

        if (momentum is { } weight && !(weight >= 0 && weight <= 1))
        {
            throw Refuse($"momentum expects a number from 0 to 1, received {weight}");
        }

        Epsilon = epsilon;
        Momentum = momentum;
        _isAffine = affine;
    }

    /// <summary>Channels, each normalised by itself; 0 in a lazy layer that has not been built.</summary>
    public int Channels { get; private set; }

    /// <summary>What is added to the variance.</summary>
    public float Epsilon { get; }

    /// <summary>The weight of the newest batch in the running statistics; null for the mean over all batches.</summary>
    public float? Momentum { get; }

    /// <summary>The factor of each channel, [channels]; null without affine.</summary>
    /// <exception cref="InvalidOperationException">A lazy layer has not been built.</exception>
    public Parameter? Weight => Built(_weight);

    /// <summary>What is added to each channel, [channels]; null without affine.</summary>
    /// <exception cref="InvalidOperationException">A lazy layer has not been built.</exception>
    public Parameter? Bias => Built(_bias);

    /// <summary>The mean that evaluation uses, [channels].</summary>
    /// <exception cref="InvalidOperationException">A lazy layer has not been built.</exception>
    public Tensor RunningMean => Built(_runningMean)!;

    /// <summary>The variance that evaluation uses, [channels]; the unbiased estimate, as PyTorch keeps it.</summary>
    /// <exception cref="InvalidOperationException">A lazy layer has not been built.</exception>
    public Tensor RunningVariance => Built(_runningVariance)!;

    /// <summary>Batches that went into the running statistics, a scalar.</summary>
    /// <exception cref="InvalidOperationException">A lazy layer has not been built.</exception>
    public Tensor BatchesTracked => Built(_batchesTracked)!;

    internal override bool HasParameters => _isAffine;

    internal override bool IsBuilt => _runningMean is not null;

    internal override bool InfersInPlace => true;

    internal override bool BackwardReadsOutput => false;

    bool IActivated.TakesActivation => true;

    private IActivated Activated => this;

    private ReadOnlySpan<float> Scale => _weight is null ? default : _weight.Value.Values;

    private ReadOnlySpan<float> Shift => _bias is null ? default : _bias.Value.Values;

    private Span<float> GradScale => _weight is null ? default : _weight.Gradient.Span;

    private Span<float> GradShift => _bias is null ? default : _bias.Gradient.Span;

    /// <inheritdoc/>
    public override TensorShape OutputShape(TensorShape inputShape)
    {
        RequireRank(inputShape);
        return !IsBuilt || inputShape[1] == Channels
            ? inputShape
            : throw Refuse($"expects {Channels} channels, input is {inputShape}");
    }

    internal override void Materialize(TensorShape inputShape)
    {
        if (!IsBuilt)
        {
            SetChannels(inputShape[1]);
        }
    }

    internal override void CheckForward(TensorShape inputShape)
    {
        if (IsTraining && inputShape.Length == Channels)
        {
            throw Refuse($"training expects more than one value a channel, input is {inputShape}");
        }
    }

    /// <summary>Refuses shapes of the wrong rank.</summary>
    private protected abstract void RequireRank(TensorShape inputShape);

    /// <summary>Makes parameters and statistics, once the number of channels is known.</summary>
    private protected void SetChannels(int channels)
    {
        _weight = _isAffine ? AddParameter("weight", new Tensor(channels)) : null;
        _bias = _isAffine ? AddParameter("bias", new Tensor(channels)) : null;
        _runningMean = AddBuffer("running_mean", new Tensor(channels));
        _runningVariance = AddBuffer("running_var", new Tensor(channels));
        _batchesTracked = AddBuffer("num_batches_tracked", new Tensor(default(TensorShape)), StateKind.Counter);
        _savedMean = new float[channels];
        _savedInverseStd = new float[channels];
        Channels = channels;
        SetStart();
    }

    /// <inheritdoc/>
    protected override void Reset(RandomSource random)
    {
        if (IsBuilt)
        {
            SetStart();
        }
    }

    /// <inheritdoc/>
    protected override void ForwardCore(Tensor input, Tensor output) => Activated.Forward(input, output, Activation.None);

    /// <inheritdoc/>
    protected override void InferCore(TensorShape inputShape, ReadOnlySpan<float> input, Span<float> output) =>
        Activated.Infer(inputShape, input, output, Activation.None);

    /// <inheritdoc/>
    protected override void BackwardCore(Tensor input, Tensor output, Tensor gradOutput, Tensor? gradInput) =>
        Activated.Backward(input, output, gradOutput, gradInput, Activation.None);

    void IActivated.Forward(Tensor input, Tensor output, Activation activation)
    {
        _normalizedByBatch = IsTraining;
        if (!IsTraining)
        {
            Activated.Infer(input.Shape, input.Values, output.Span, activation);
            return;
        }

        Span<float> tracked = BatchesTracked.Span;
        BatchNormPrimitives.ForwardTraining(
            ShapeFor(input.Shape),
            input.Values,
            Scale,
            Shift,
            RunningMean.Span, RunningVariance.Span,
            Momentum ?? 1 / (tracked[0] + 1),
            Epsilon,
            output.Span, _savedMean, _savedInverseStd, activation);
        tracked[0]++;
    }

    void IActivated.Infer(TensorShape inputShape, ReadOnlySpan<float> input, Span<float> output, Activation activation) =>
        BatchNormPrimitives.ForwardInference(
            ShapeFor(inputShape), input, Scale, Shift, RunningMean.Values, RunningVariance.Values, Epsilon, output, activation);

    void IActivated.Backward(Tensor input, Tensor output, Tensor gradOutput, Tensor? gradInput, Activation activation)
    {
        BatchNormShape shape = ShapeFor(input.Shape);
        ReadOnlySpan<float> result = activation == Activation.None ? default : output.Values;
        Span<float> gradient = gradInput is null ? default : gradInput.Span;
        if (_normalizedByBatch)
        {
            BatchNormPrimitives.BackwardTraining(
                shape, input.Values, result, gradOutput.Values, Scale, _savedMean, _savedInverseStd, activation, gradient, GradScale, GradShift);
            return;
        }

        BatchNormPrimitives.BackwardInference(
            shape,
            input.Values,
            result,
            gradOutput.Values,
            Scale,
            RunningMean.Values,
            RunningVariance.Values,
            Epsilon,
            activation,
            gradient,
            GradScale,
            GradShift);
    }

    private void SetStart()
    {
        _weight?.Value.Span.Fill(1);
        _bias?.Value.Span.Clear();
        RunningMean.Span.Clear();
        RunningVariance.Span.Fill(1);
        BatchesTracked.Span.Clear();
    }

    private BatchNormShape ShapeFor(TensorShape inputShape) => _shapes.TryFind(inputShape, out BatchNormShape? known)
        ? known
        : _shapes.Keep(inputShape, BatchNormShape.Create(inputShape[0], Channels, inputShape.Length / inputShape[0] / Channels));

    private T? Built<T>(T? value)
    {
        ThrowIfNotBuilt();
        return value;
    }
}
