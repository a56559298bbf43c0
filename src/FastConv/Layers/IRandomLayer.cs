namespace FastConv.Layers;

/// <summary>
/// A layer that draws random numbers in training, as a pure function of a seed and a step. They are no part of PyTorch's state; a checkpoint keeps
/// them beside it.
/// </summary>
public interface IRandomLayer
{
    /// <summary>What the numbers follow from; <see cref="Layer.Initialize(long)"/> sets it.</summary>
    long Seed { get; set; }

    /// <summary>Forward passes done in training mode since then.</summary>
    long Passes { get; set; }
}
