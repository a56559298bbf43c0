namespace FastConv.Tensors;

/// <summary>A tensor of a model's or an optimiser's state under the name that it is saved by.</summary>
/// <param name="Name">PyTorch's name, path included: <c>1.running_mean</c>.</param>
/// <param name="Value">The tensor itself, not a copy: who writes to it changes the state.</param>
public readonly record struct NamedTensor(string Name, Tensor Value);
