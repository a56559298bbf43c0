using FastConv.Randomness;
using FastConv.Tensors;

namespace FastConv.Layers;

// Parameters and buffers: their names, their order, their starting values.
public abstract partial class Layer
{
    private readonly List<(string Name, Parameter Parameter)> _parameters = [];
    private readonly List<NamedTensor> _buffers = [];

    /// <summary>All parameters, those of children included, in PyTorch's order.</summary>
    /// <exception cref="InvalidOperationException">A lazy layer has not been built.</exception>
    public IReadOnlyList<Parameter> Parameters
    {
        get
        {
            var parameters = new List<Parameter>();
            CollectParameters(parameters);
            return parameters;
        }
    }

    /// <summary>All parameters and buffers, under the names and in the order of PyTorch's <c>state_dict</c>.</summary>
    /// <exception cref="InvalidOperationException">A lazy layer has not been built.</exception>
    public IReadOnlyList<NamedTensor> State
    {
        get
        {
            var state = new List<NamedTensor>();
            CollectState(state);
            return state;
        }
    }

    /// <summary>Whether backward has parameter gradients to compute; known before a lazy layer is built.</summary>
    internal virtual bool HasParameters
    {
        get
        {
            bool has = _parameters.Count > 0;
            foreach (Layer child in _children)
            {
                has |= child.HasParameters;
            }

            return has;
        }
    }

    /// <summary>Whether the sizes that follow from the input are known.</summary>
    internal virtual bool IsBuilt => true;

    /// <summary>
    /// Sets the starting values of all layers from one seed, reproducibly: PyTorch's defaults, each layer from the stream of its
    /// position in the tree, so that the order of construction does not matter. A lazy layer uses it once it is built.
    /// </summary>
    public void Initialize(long seed)
    {
        int position = 0;
        Initialize(seed, ref position);
    }

    /// <summary>Sets the starting values; nothing to do for a layer without state.</summary>
    /// <param name="random">The layer's own stream.</param>
    protected virtual void Reset(RandomSource random)
    {
    }

    /// <summary>Registers a learned tensor under its name in this layer (<c>weight</c>); registration order is the order of the state.</summary>
    protected Parameter AddParameter(string name, Tensor value)
    {
        var parameter = new Parameter(Join(Path, name), value);
        _parameters.Add((name, parameter));
        return parameter;
    }

    /// <summary>Registers a tensor that belongs to the state but is not learned (<c>running_mean</c>).</summary>
    protected Tensor AddBuffer(string name, Tensor value, StateKind kind = StateKind.Buffer)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(value);
        _buffers.Add(new NamedTensor(name, value, kind));
        return value;
    }

    /// <summary>A source with a seed that nobody knows, for constructors.</summary>
    private protected static RandomSource Unseeded() => new(Random.Shared.NextInt64());

    private void RenameParameters()
    {
        foreach ((string name, Parameter parameter) in _parameters)
        {
            parameter.Name = Join(Path, name);
        }

        foreach (Layer child in _children)
        {
            child.RenameParameters();
        }
    }

    private void Initialize(long seed, ref int position)
    {
        Reset(new RandomSource(seed, position++));
        foreach (Layer child in _children)
        {
            child.Initialize(seed, ref position);
        }
    }

    private void CollectParameters(List<Parameter> parameters)
    {
        ThrowIfNotBuilt();
        foreach ((_, Parameter parameter) in _parameters)
        {
            parameters.Add(parameter);
        }

        foreach (Layer child in _children)
        {
            child.CollectParameters(parameters);
        }
    }

    // PyTorch's order: a module's parameters, then its buffers, then its children.
    private void CollectState(List<NamedTensor> state)
    {
        ThrowIfNotBuilt();
        foreach ((_, Parameter parameter) in _parameters)
        {
            state.Add(new NamedTensor(parameter.Name, parameter.Value, StateKind.Parameter));
        }

        foreach (NamedTensor buffer in _buffers)
        {
            state.Add(buffer with { Name = Join(Path, buffer.Name) });
        }

        foreach (Layer child in _children)
        {
            child.CollectState(state);
        }
    }

    /// <exception cref="InvalidOperationException">The sizes are not known yet.</exception>
    private protected void ThrowIfNotBuilt()
    {
        if (!IsBuilt)
        {
            throw new InvalidOperationException($"{Label}: its sizes follow from the input; call Build(inputShape) or Forward first.");
        }
    }
}
