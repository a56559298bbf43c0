using FastConv.Primitives;
using FastConv.Tensors;

namespace FastConv.Optimizers;

/// <summary>
/// Moves parameters against their gradients. The constructor puts the values and the gradients of its parameters, and the state (velocities, running
/// averages), into memory of one layout, so that a step is one pass over it and allocates nothing. Tensors stay the same objects; a <c>Span</c> taken
/// from one before that shows the memory it has left, as any span should be taken anew for each use. Where an optimiser has placed a parameter before,
/// it stays, and both move it. Not thread-safe.
/// </summary>
public abstract class Optimizer
{
    // PyTorch's, so that a norm of 0 divides nothing.
    private const double ClippingEpsilon = 1e-6;

    private readonly Parameter[] _parameters;
    private ParameterArena? _arena;
    private readonly List<(string Name, Tensor[] Tensors)> _states = [];

    /// <summary>Remembers the parameters, in their order.</summary>
    /// <param name="parameters">Of a model, when all of its layers know their sizes.</param>
    /// <param name="learningRate">How far a step goes.</param>
    /// <exception cref="ArgumentException">No parameter, or one of them twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The learning rate is negative, infinite or NaN.</exception>
    private protected Optimizer(IReadOnlyList<Parameter> parameters, double learningRate)
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

    /// <summary>
    /// The longest that all gradients together may be (their L2 norm): a step takes longer ones times MaxGradientNorm / (norm + 1e-6), and leaves them as
    /// they are in memory. Null: as long as they like. Infinity: the norm is measured and nothing else.
    /// Source: https://pytorch.org/docs/stable/generated/torch.nn.utils.clip_grad_norm_.html
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A value that is not above 0.</exception>
    public double? MaxGradientNorm
    {
        get;
        set
        {
            if (value is { } limit && !(limit > 0))
            {
                throw new ArgumentOutOfRangeException(nameof(MaxGradientNorm), $"{Name}: MaxGradientNorm expects a number above 0 or null, received {limit}.");
            }

            field = value;
        }
    }

    /// <summary>The norm of all gradients in the last step, before they were clipped; null while <see cref="MaxGradientNorm"/> is.</summary>
    public double? LastGradientNorm { get; private set; }

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

    private ParameterArena Arena => _arena ?? throw new InvalidOperationException($"{Name} has not placed its parameters.");

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
    public void Step() => Step(gradientScale: 1);

    /// <summary>Moves every parameter by a multiple of its gradient: one over their number, where gradients of several batches have been added up.</summary>
    /// <param name="gradientScale">What gradients count times, before their norm is measured.</param>
    /// <exception cref="ArgumentOutOfRangeException">A scale that is negative, infinite or NaN.</exception>
    public void Step(double gradientScale)
    {
        double scale = Hyperparameter.NonNegative(Name, gradientScale, nameof(gradientScale));
        StepCount++;
        LastGradientNorm = null;
        if (MaxGradientNorm is { } limit)
        {
            double norm = scale * UpdateMap.GradientNorm(Arena.Pieces);
            LastGradientNorm = norm;
            scale *= Math.Min(1, limit / (norm + ClippingEpsilon));
        }

        Update(Arena.Pieces, scale);
        foreach (Parameter parameter in _parameters)
        {
            parameter.Value.Buffer.MarkWritten();
        }

        GC.KeepAlive(this);
    }

    /// <summary>Clears the gradients, which backward passes only add to.</summary>
    public void ZeroGradients()
    {
        UpdateMap.ClearGradients(Arena.Pieces);
        foreach (Parameter parameter in _parameters)
        {
            parameter.Gradient.Buffer.MarkWritten();
        }

        GC.KeepAlive(this);
    }

    /// <summary>Moves the parameters into memory of one layout. For constructors, when nothing is left to refuse.</summary>
    private protected void PlaceParameters() => _arena = new ParameterArena(Name, _parameters);

    /// <summary>One tensor for each parameter, of its shape, listed in <see cref="State"/>. For constructors, after <see cref="PlaceParameters"/>.</summary>
    /// <param name="number">Which state of the update's this is.</param>
    /// <param name="name">PyTorch's name for this state.</param>
    /// <param name="initial">What every element starts from.</param>
    private protected void AddState(int number, string name, float initial = 0) => _states.Add((name, Arena.AddState(number, initial)));

    /// <summary>Moves all parameters. <see cref="StepCount"/> is the number of this step, from 1.</summary>
    /// <param name="pieces">All memory to go over.</param>
    /// <param name="gradientScale">What gradients are multiplied by.</param>
    private protected abstract void Update(UpdatePieces pieces, double gradientScale);
}
