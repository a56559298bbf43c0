using FastConv.Tensors;

namespace FastConv.Layers;

/// <summary>One entry of a model's state, as PyTorch's <c>state_dict</c> lists them.</summary>
/// <param name="Name">PyTorch's name, path included: <c>1.running_mean</c>.</param>
/// <param name="Value">The live values; writing them changes the layer.</param>
/// <param name="Kind">Whether it is learned, kept up, or counted.</param>
public readonly record struct NamedTensor(string Name, Tensor Value, StateKind Kind);
