using System.Numerics.Tensors;
using FastConv.Layers;
using Tensor = FastConv.Tensors.Tensor;

namespace FastConv.Training;

/// <summary>
/// Finds where a NaN or an infinity first appeared in a forward pass, by doing it again, layer by layer. For the message of a training that stops: it
/// takes time and memory, and leaves the model as it found it.
/// </summary>
internal static class NonFiniteSource
{
    /// <summary>A clause that names the place: the batch, a parameter, a layer's output, or the loss itself.</summary>
    /// <param name="model">After the forward pass in question.</param>
    /// <param name="images">Its input.</param>
    public static string Describe(Layer model, Tensor images)
    {
        if (!IsFinite(images))
        {
            return $"the batch {images.Shape} has a value that is not finite";
        }

        foreach (Layers.NamedTensor entry in model.State)
        {
            if (entry.Kind == StateKind.Parameter && !IsFinite(entry.Value))
            {
                return $"the parameter '{entry.Name}' {entry.Value.Shape} has a value that is not finite since a step before";
            }
        }

        var before = new StateCopy(model);
        (IRandomLayer Layer, long Passes)[] random = RewindRandom(model);
        try
        {
            (Layer? culprit, Tensor output) = Run(model, images);
            return culprit is null
                ? "the outputs of all layers are finite, the loss of them is not"
                : $"it first appeared in the output of {culprit.Label} {output.Shape}";
        }
        finally
        {
            before.Restore();
            foreach ((IRandomLayer layer, long passes) in random)
            {
                layer.Passes = passes;
            }
        }
    }

    // The pass in question has counted the random layers' passes up: the same elements are to be dropped again.
    private static (IRandomLayer Layer, long Passes)[] RewindRandom(Layer model)
    {
        var passes = new List<(IRandomLayer, long)>();
        model.Apply(layer =>
        {
            if (layer is IRandomLayer random && layer.IsTraining)
            {
                passes.Add((random, random.Passes));
                random.Passes--;
            }
        });
        return [.. passes];
    }

    // The innermost layer whose input is finite and whose output is not. The children of a chain follow one another, those of other containers get its input.
    private static (Layer? Culprit, Tensor Output) Run(Layer layer, Tensor input)
    {
        Tensor current = input;
        foreach (Layer child in layer.Children)
        {
            (Layer? culprit, Tensor passed) = Run(child, current);
            if (culprit is not null)
            {
                return (culprit, passed);
            }

            current = layer is Sequential ? passed : input;
        }

        Tensor output = layer is Sequential ? current : layer.Forward(input);
        return (IsFinite(output) ? null : layer, output);
    }

    private static bool IsFinite(Tensor tensor) => TensorPrimitives.IsFiniteAll(tensor.Values);
}
