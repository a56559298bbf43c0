using FastConv.Shapes;

namespace FastConv.Layers;

/// <summary>
/// A differentiable function with its parameters, or a container of such. A layer remembers what <see cref="Backward"/> needs and owns
/// the memory of its results, so one layer trains on one thread at a time; <see cref="Predict"/> may be called from many.
/// Layers of one's own derive from <see cref="LeafLayer"/>.
/// </summary>
public abstract partial class Layer
{
    private Layer? _parent;
    private string _name = "";
    private Layer[] _children = [];

    private protected Layer()
    {
    }

    /// <summary>Where the layer stands, in PyTorch's form: empty for the model itself, <c>3</c> or <c>2.0</c> inside of it.</summary>
    public string Path => _parent is null ? "" : Join(_parent.Path, _name);

    /// <summary>Whether <see cref="Forward"/> behaves as in training; true until <see cref="Eval"/>.</summary>
    public bool IsTraining { get; private set; } = true;

    /// <summary>The layers that this one contains, in order.</summary>
    public IReadOnlyList<Layer> Children => _children;

    /// <summary>How error messages call the layer: <c>Conv2d '3'</c>, without a path just <c>Conv2d</c>.</summary>
    internal string Label => _parent is null ? GetType().Name : $"{GetType().Name} '{Path}'";

    /// <summary>The children without an interface between, so that a loop over them allocates nothing.</summary>
    private protected ReadOnlySpan<Layer> Inner => _children;

    /// <summary>The layer before this one in a chain that does its work too; null where it works by itself.</summary>
    internal Layer? FusedInto { get; set; }

    /// <summary>Whether the output has memory of this layer's own; views and containers that pass a child's result on have none.</summary>
    internal virtual bool OwnsOutput => true;

    /// <summary>Behaves as in training from now on: batch statistics, dropped elements.</summary>
    public void Train() => SetMode(isTraining: true);

    /// <summary>Behaves as in evaluation from now on: running statistics, nothing dropped.</summary>
    public void Eval() => SetMode(isTraining: false);

    /// <summary>Calls the action for every layer, children before their container.</summary>
    public void Apply(Action<Layer> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        foreach (Layer child in _children)
        {
            child.Apply(action);
        }

        action(this);
    }

    /// <summary>
    /// A table of all layers for one sample of the given sizes (without the batch): output shape, a convolution's algorithm in the forward pass,
    /// parameters, multiply-adds, memory.
    /// </summary>
    /// <remarks>Builds lazy layers.</remarks>
    /// <exception cref="ArgumentException">The layer does not take this shape.</exception>
    public string Summary(params ReadOnlySpan<int> sampleDimensions) =>
        SummaryFor(TensorShape.Create(sampleDimensions).BatchOf(1));

    /// <summary>The same for a whole input, whose batch decides about memory and may decide about algorithms.</summary>
    /// <inheritdoc cref="Summary"/>
    public string SummaryFor(TensorShape inputShape) => SummaryTable.Create(this, inputShape);

    /// <inheritdoc/>
    public override string ToString() => Label;

    /// <summary>The error for input that this layer does not take, beginning with the layer's name.</summary>
    protected ArgumentException Refuse(string reason) => new($"{Label}: {reason}");

    /// <summary>The error for input whose sizes do not fit together, for the reason that a shape gave.</summary>
    private protected ArgumentException Refuse(TensorShape inputShape, ArgumentException reason)
    {
        // The shape's parameter is none of the caller's.
        string text = reason.ParamName is null ? reason.Message : reason.Message.Replace($" (Parameter '{reason.ParamName}')", "", StringComparison.Ordinal);
        return new ArgumentException($"{Label}: input is {inputShape}: {text}", reason);
    }

    /// <summary>Takes the children in. All are checked before one is changed.</summary>
    /// <exception cref="ArgumentException">A child is in a container already, or is given twice, or a name is.</exception>
    private protected void Adopt(ReadOnlySpan<(string Name, Layer Layer)> children)
    {
        var names = new HashSet<string>();
        var layers = new HashSet<Layer>(ReferenceEqualityComparer.Instance);
        foreach ((string name, Layer child) in children)
        {
            ArgumentNullException.ThrowIfNull(child, nameof(children));
            if (string.IsNullOrEmpty(name) || name.Contains('.', StringComparison.Ordinal) || !names.Add(name))
            {
                throw new ArgumentException($"{Label}: the name '{name}' expects to be given once, not to be empty and to have no dot.", nameof(children));
            }

            if (child._parent is not null)
            {
                throw new ArgumentException($"{Label}: {child.Label} is in a {child._parent.GetType().Name} already; every place expects a layer of its own.", nameof(children));
            }

            if (!layers.Add(child))
            {
                throw new ArgumentException($"{Label}: the same {child.Label} is given twice; every place expects a layer of its own.", nameof(children));
            }
        }

        _children = new Layer[children.Length];
        for (int index = 0; index < children.Length; index++)
        {
            (string name, Layer child) = children[index];
            _children[index] = child;
            child._parent = this;
            child._name = name;
            child.RenameParameters();
        }
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private void SetMode(bool isTraining)
    {
        if (isTraining != IsTraining)
        {
            // A shape that evaluation takes may be refused in training.
            _accepted.Clear();
            IsTraining = isTraining;
        }

        foreach (Layer child in _children)
        {
            child.SetMode(isTraining);
        }
    }
}
