using FastConv.Randomness;
using FastConv.Shapes;
using FastConv.Tensors;

namespace FastConv.Layers;

/// <summary>
/// A layer with a weight [out, in, ...] and a bias [out], whose input size may be left to the first input. Both start in
/// U(+-1 / sqrt(fan in)), PyTorch's default.
/// </summary>
public abstract class WeightedLayer : LeafLayer
{
    private readonly bool _hasBias;
    private RandomSource _start = Unseeded();
    private Parameter? _weight;
    private Parameter? _bias;

    private protected WeightedLayer(bool hasBias) => _hasBias = hasBias;

    /// <summary>The weight, [out, in, ...].</summary>
    /// <exception cref="InvalidOperationException">A lazy layer has not been built.</exception>
    public Parameter Weight
    {
        get
        {
            ThrowIfNotBuilt();
            return _weight!;
        }
    }

    /// <summary>The bias, [out]; null for a layer without.</summary>
    /// <exception cref="InvalidOperationException">A lazy layer has not been built.</exception>
    public Parameter? Bias
    {
        get
        {
            ThrowIfNotBuilt();
            return _bias;
        }
    }

    internal override bool HasParameters => true;

    internal override bool IsBuilt => _weight is not null;

    /// <summary>The bias, or nothing.</summary>
    private protected ReadOnlySpan<float> BiasValues => _bias is null ? default : _bias.Value.Values;

    /// <summary>The gradient of the bias, or nothing.</summary>
    private protected Span<float> BiasGradients => _bias is null ? default : _bias.Gradient.Span;

    /// <summary>Makes the parameters, once the sizes are known.</summary>
    private protected void MakeParameters(TensorShape weightShape)
    {
        _weight = AddParameter("weight", new Tensor(weightShape));
        _bias = _hasBias ? AddParameter("bias", new Tensor(weightShape[0])) : null;
        Reset(_start);
    }

    /// <inheritdoc/>
    protected sealed override void Reset(RandomSource random)
    {
        // A lazy layer keeps its source for the time when it is built.
        _start = random;
        if (_weight is null)
        {
            return;
        }

        Initializers.KaimingUniform(_weight.Value, random, Initializers.DefaultSlope);
        if (_bias is not null)
        {
            float fanIn = (float)_weight.Value.Length / _weight.Value.Shape[0];
            float bound = 1 / MathF.Sqrt(fanIn);
            Initializers.Uniform(_bias.Value, random, -bound, bound);
        }
    }
}
