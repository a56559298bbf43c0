using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FastConv.Shapes;
using FastConv.Tensors;

namespace FastConv.Layers;

// Forward, backward and prediction: what every layer checks and remembers, and what a kind of layer supplies.
public abstract partial class Layer
{
    private readonly PerShape<TensorShape> _accepted = new();
    private Tensor? _input;
    private Tensor? _output;

    /// <summary>The input of the last <see cref="Forward"/>.</summary>
    private protected Tensor LastInput => _input!;

    /// <summary>The output of the last <see cref="Forward"/>.</summary>
    internal Tensor LastOutput => _output!;

    /// <summary>Whether the last <see cref="Forward"/> ran in training mode; backward belongs to that mode.</summary>
    protected bool ForwardWasTraining { get; private set; }

    /// <summary>
    /// Computes the output, in the mode of <see cref="IsTraining"/>, and remembers what <see cref="Backward"/> needs. Once warm it
    /// allocates nothing. Lazy layers are built from the first input.
    /// </summary>
    /// <param name="input">[batch, ...]; read again by <see cref="Backward"/>, so leave it unchanged until then.</param>
    /// <returns>A tensor that belongs to the layer and is overwritten by its next <see cref="Forward"/>.</returns>
    /// <exception cref="ArgumentException">The layer, or one inside of it, does not take this shape; nothing was changed.</exception>
    public Tensor Forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (!_accepted.TryFind(input.Shape, out _))
        {
            Accept(input.Shape);
        }

        return ForwardWithin(input, MemoryFor(input.Shape));
    }

    /// <summary>
    /// Adds the gradients of all parameters to <see cref="Parameter.Gradient"/> and computes the gradient of the input, for the last
    /// <see cref="Forward"/>, in the mode that it ran in.
    /// </summary>
    /// <param name="gradOutput">The gradient of the output of the last <see cref="Forward"/>; only read.</param>
    /// <param name="needsInputGradient">False saves the work that only the gradient of the input asks for.</param>
    /// <returns>The gradient of the input, which belongs to the layer until its next <see cref="Backward"/>; null when it is not needed.</returns>
    /// <exception cref="InvalidOperationException">There was no <see cref="Forward"/> before.</exception>
    /// <exception cref="ArgumentException">The gradient has not the shape of the output.</exception>
    public Tensor? Backward(Tensor gradOutput, bool needsInputGradient = true)
    {
        ArgumentNullException.ThrowIfNull(gradOutput);
        if (_output is null)
        {
            throw new InvalidOperationException($"{Label}: Backward expects a Forward before it.");
        }

        if (gradOutput.Shape != _output.Shape)
        {
            throw Refuse($"Backward expects a gradient of {_output.Shape}, received {gradOutput.Shape}");
        }

        return RunBackward(gradOutput, needsInputGradient);
    }

    /// <summary>
    /// The output in evaluation mode, whatever <see cref="IsTraining"/> says. Changes nothing in the layer, so any number of threads may
    /// call it at once (while none trains); agrees with <see cref="Forward"/> in evaluation mode to rounding, since
    /// batch normalisation behind a convolution is folded into its weights.
    /// </summary>
    /// <returns>A tensor that belongs to the caller.</returns>
    /// <exception cref="ArgumentException">The layer, or one inside of it, does not take this shape.</exception>
    /// <exception cref="InvalidOperationException">A lazy layer has not been built.</exception>
    public Tensor Predict(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        TensorShape outputShape = Walk(input.Shape, static (layer, _) => layer.ThrowIfNotBuilt());
        Tensor output = Tensor.Uninitialized(outputShape);
        Infer(input.Shape, input.Span, output.Span);
        return output;
    }

    /// <summary>The shape of the output for an input shape, the batch included.</summary>
    /// <exception cref="ArgumentException">The layer, or one inside of it, does not take this shape.</exception>
    public abstract TensorShape OutputShape(TensorShape inputShape);

    /// <summary>Gives lazy layers the sizes that follow from the input, and their starting values. Built layers stay as they are.</summary>
    /// <param name="inputShape">The batch included; its size does not matter.</param>
    /// <exception cref="ArgumentException">The layer, or one inside of it, does not take this shape; nothing was built.</exception>
    public void Build(TensorShape inputShape)
    {
        OutputShape(inputShape);
        Walk(inputShape, static (layer, shape) => layer.Materialize(shape));
    }

    /// <summary>Multiplications, each with its addition, of one forward pass; what convolutions and linear layers do.</summary>
    /// <exception cref="ArgumentException">The layer, or one inside of it, does not take this shape.</exception>
    public long MultiplyAdds(TensorShape inputShape)
    {
        long sum = 0;
        Walk(inputShape, (layer, shape) => sum += layer.OwnMultiplyAdds(shape));
        return sum;
    }

    /// <summary>Multiply-adds of this layer without its children, for an input shape that it takes.</summary>
    protected internal virtual long OwnMultiplyAdds(TensorShape inputShape) => 0;

    /// <summary>What <see cref="Summary"/> says of how the layer computes; empty where there is but one way.</summary>
    internal virtual string ForwardAlgorithm(TensorShape inputShape) => "";

    /// <summary>Forward for a checked input as a part of a step that was planned.</summary>
    internal Tensor ForwardWithin(Tensor input, StepMemory memory)
    {
        _output = null;
        _input = input;
        _memory = memory;
        ForwardWasTraining = IsTraining;
        return _output = Run(input, memory);
    }

    /// <summary>Computes the output for a checked input; the input and the result are remembered by the caller.</summary>
    internal abstract Tensor Run(Tensor input, StepMemory memory);

    /// <summary>Backward of <see cref="Run"/> for a checked gradient. Never writes to <paramref name="gradOutput"/>.</summary>
    internal abstract Tensor? RunBackward(Tensor gradOutput, bool needsInputGradient);

    /// <summary>Whether <see cref="Infer"/> may write its output over its input.</summary>
    internal virtual bool InfersInPlace => false;

    /// <summary>The output in evaluation mode, from the layer's parameters and running statistics alone.</summary>
    internal abstract void Infer(TensorShape inputShape, ReadOnlySpan<float> input, Span<float> output);

    /// <summary>Visits this layer and the ones inside with their input shapes, in the order of evaluation; returns the output shape.</summary>
    internal virtual TensorShape Walk(TensorShape inputShape, Action<Layer, TensorShape>? visit)
    {
        visit?.Invoke(this, inputShape);
        return OutputShape(inputShape);
    }

    /// <summary>Makes the parameters of a lazy layer for an input shape that it takes.</summary>
    internal virtual void Materialize(TensorShape inputShape)
    {
    }

    /// <summary>Refuses what <see cref="OutputShape"/> takes but a forward pass in the present mode does not.</summary>
    internal virtual void CheckForward(TensorShape inputShape)
    {
    }

    private protected static bool IsSameMemory(ReadOnlySpan<float> input, ReadOnlySpan<float> output) =>
        Unsafe.AreSame(in MemoryMarshal.GetReference(input), in MemoryMarshal.GetReference(output));

    // The whole tree is checked before its first layer changes anything.
    private void Accept(TensorShape inputShape)
    {
        Build(inputShape);
        _accepted.Keep(inputShape, Walk(inputShape, static (layer, shape) => layer.CheckForward(shape)));
    }
}
