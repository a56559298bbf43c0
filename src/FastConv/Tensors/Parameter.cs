namespace FastConv.Tensors;

/// <summary>What an optimiser learns: a value and its gradient, which backward adds to and the optimiser clears.</summary>
public sealed class Parameter
{
    /// <summary>A parameter with a zero gradient.</summary>
    public Parameter(string name, Tensor value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(value);
        Name = name;
        Value = value;
        Gradient = new Tensor(value.Shape);
    }

    /// <summary>PyTorch's name, path included: <c>3.weight</c>. The model that a layer is put into sets it.</summary>
    public string Name { get; internal set; }

    /// <summary>The learned values.</summary>
    public Tensor Value { get; }

    /// <summary>The sum of the gradients since the last <c>ZeroGradients</c>; the shape of <see cref="Value"/>.</summary>
    public Tensor Gradient { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Value.Shape}";
}
