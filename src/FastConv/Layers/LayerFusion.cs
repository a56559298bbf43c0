using FastConv.Primitives;

namespace FastConv.Layers;

/// <summary>
/// Which neighbours of a chain run as one, decided once, from their kinds alone: a convolution, the batch normalisation behind it and the ReLU
/// behind that; or a layer that takes an activation and the ReLU behind it.
/// </summary>
internal static class LayerFusion
{
    /// <summary>The chain as it runs. What is done by the layer before says so in <see cref="Layer.FusedInto"/>.</summary>
    public static Layer[] Fuse(ReadOnlySpan<Layer> layers)
    {
        var stages = new List<Layer>(layers.Length);
        for (int index = 0; index < layers.Length;)
        {
            Layer layer = layers[index++];
            BatchNorm2d? norm = layer is Conv2d && Takes(layer) ? Next(layers, index) as BatchNorm2d : null;
            index += norm is null ? 0 : 1;
            ReLU? activation = norm is not null || Takes(layer) ? Next(layers, index) as ReLU : null;
            index += activation is null ? 0 : 1;
            norm?.FusedInto = layer;
            activation?.FusedInto = layer;
            Activation applied = activation is null ? Activation.None : Activation.ReLU;
            stages.Add(norm is not null ? new NormalizedConvolution((Conv2d)layer, norm, applied)
                : activation is not null ? new ActivatedLayer((LeafLayer)layer, applied)
                : layer);
        }

        return [.. stages];
    }

    private static bool Takes(Layer layer) => layer is IActivated { TakesActivation: true };

    private static Layer? Next(ReadOnlySpan<Layer> layers, int index) => index < layers.Length ? layers[index] : null;
}
