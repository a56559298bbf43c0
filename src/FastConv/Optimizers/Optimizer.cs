using FastConv.Primitives;
using FastConv.Tensors;

namespace FastConv.Optimizers;

/// <summary>
/// Moves parameters against their gradients. The state (velocities, running averages) is allocated by the constructor, so that a step
/// allocates nothing. Not thread-safe.
/// </summary>
public abstract class Optimizer
{
    private readonly Parameter[] _parameters;
    private readonly List<(string Name, Tensor[] Tensors)> _states = [];

    /// <summary>Remembers the parameters, in their order.</summary>
    /// <param name="parameters">Of a model, when all of its layers know their sizes.</param>
    /// <param name="learningRate">How far a step goes.</param>
    /// <exception cref="ArgumentException">No parameter, or one of them twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The learning rate is negative, infinite or NaN.</exception>
    protected Optimizer(IReadOnlyList<Parameter> parameters, double learningRate)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        _parameters = [.. parameters];
        if (_parameters.Length == 0)
        {
            throw new ArgumentException($"{Name}: expects at least one parameter, received none.", nameof(parameters));
        }

        var seen = new HashSet<Parameter>();
        foreach (Parameter parameter in _parameters)
        {
            ArgumentNullException.ThrowIfNull(parameter, nameof(parameters));
            if (!seen.Add(parameter))
            {
                throw new ArgumentException($"{Name}: expects every parameter once, received '{parameter.Name}' twice.", nameof(parameters));
            }
        }

        LearningRate = learningRate;
    }

    /// <summary>The names that <see cref="Create"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = ["sgd", "momentum", "adagrad", "rmsprop", "adam", "adamw"];

    /// <summary>What this optimiser moves.</summary>
    public IReadOnlyList<Parameter> Parameters => _parameters;

    /// <summary>How far a step goes; may be changed between steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value that is negative, infinite or NaN.</exception>
    public double LearningRate { get; set => field = Hyperparameter.NonNegative(Name, value); }

    /// <summary>Steps done. Setting it, together with the contents of <see cref="State"/>, continues from a checkpoint.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A negative value.</exception>
    public long StepCount
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    }

    /// <summary>
    /// The state's own tensors, not copies, by the parameter's name and PyTorch's name for the state: <c>0.weight.exp_avg</c>. All of one
    /// parameter, then all of the next.
    /// </summary>
    public IReadOnlyList<NamedTensor> State
    {
        get
        {
            var state = new List<NamedTensor>(_parameters.Length * _states.Count);
            for (int index = 0; index < _parameters.Length; index++)
            {
                foreach ((string name, Tensor[] tensors) in _states)
                {
                    state.Add(new NamedTensor($"{_parameters[index].Name}.{name}", tensors[index]));
                }
            }

            return state;
        }
    }

    private string Name => GetType().Name;

    /// <summary>
    /// An optimiser by name, in any case: <c>sgd</c>, <c>momentum</c> (SGD with a momentum of 0.9), <c>adagrad</c>, <c>rmsprop</c>,
    /// <c>adam</c>, <c>adamw</c>. Everything else has PyTorch's defaults.
    /// </summary>
    /// <exception cref="ArgumentException">A name that is not one of <see cref="Names"/>, or what the constructors refuse.</exception>
    public static Optimizer Create(string name, IReadOnlyList<Parameter> parameters, double learningRate)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.ToUpperInvariant() switch
        {
            "SGD" => new Sgd(parameters, learningRate),
            "MOMENTUM" => new Sgd(parameters, learningRate, momentum: 0.9),
            "ADAGRAD" => new AdaGrad(parameters, learningRate),
            "RMSPROP" => new RmsProp(parameters, learningRate),
            "ADAM" => new Adam(parameters, learningRate),
            "ADAMW" => new AdamW(parameters, learningRate),
            _ => throw new ArgumentException($"Optimizer.Create: name expects one of {string.Join(", ", Names)}, received '{name}'.", nameof(name)),
        };
    }

    /// <summary>Moves every parameter by its gradient. The gradients stay as they are.</summary>
    public void Step()
    {
        StepCount++;
        for (int index = 0; index < _parameters.Length; index++)
        {
            Update(index, _parameters[index]);
        }
    }

    /// <summary>Clears the gradients, which backward passes only add to.</summary>
    public void ZeroGradients()
    {
        foreach (Parameter parameter in _parameters)
        {
            parameter.Gradient.Span.Clear();
        }
    }

    /// <summary>One tensor for each parameter, of its shape, listed in <see cref="State"/>. For constructors.</summary>
    /// <param name="name">PyTorch's name for this state.</param>
    /// <param name="initial">What every element starts from.</param>
    protected IReadOnlyList<Tensor> AddState(string name, float initial = 0)
    {
        var tensors = new Tensor[_parameters.Length];
        for (int index = 0; index < tensors.Length; index++)
        {
            tensors[index] = new Tensor(_parameters[index].Value.Shape);
            tensors[index].Span.Fill(initial);
        }

        _states.Add((name, tensors));
        return tensors;
    }

    /// <summary>Moves one parameter. <see cref="StepCount"/> is the number of this step, from 1.</summary>
    /// <param name="index">Of the parameter in <see cref="Parameters"/>, and of its state in what <see cref="AddState"/> returned.</param>
    /// <param name="parameter">The parameter.</param>
    protected abstract void Update(int index, Parameter parameter);
}
