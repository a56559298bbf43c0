using FastConv.Layers;

namespace FastConv.Interchange;

/// <summary>A model's state as a safetensors file, under the names and with the types of PyTorch's <c>state_dict</c>.</summary>
public static class LayerSafetensors
{
    /// <summary>
    /// Saves all parameters and buffers. Counters (<c>num_batches_tracked</c>) are written as I64, everything else as F32. A file that is there is replaced
    /// in one go (see <see cref="SafetensorsWriter.Save"/>).
    /// </summary>
    /// <exception cref="IOException">The disk is full, or the folder is not there or not to be written; a file that was there stays.</exception>
    /// <exception cref="InvalidOperationException">A lazy layer has not been built.</exception>
    public static void SaveSafetensors(this Layer model, string path)
    {
        ArgumentNullException.ThrowIfNull(model);
        var writer = new SafetensorsWriter();
        writer.Metadata["format"] = "pt";
        writer.AddState(model);
        writer.Save(path);
    }

    /// <summary>Loads parameters and buffers that go by the model's names and shapes. After an error the model is as before.</summary>
    /// <param name="model">Built, so that its shapes are known.</param>
    /// <param name="path">A safetensors file; elements of other types are converted (see <see cref="SafetensorsFile.Read"/>).</param>
    /// <param name="strict">Whether names and shapes must be the same; otherwise those that are get loaded and the others named in the result.</param>
    /// <param name="prefix">What stands before the model's names in the file; other names are no concern then.</param>
    /// <returns>Where file and model differ; empty after a strict load.</returns>
    /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is not a safetensors file, or strict and different: all missing, unexpected and mis-shaped names.</exception>
    /// <exception cref="InvalidOperationException">A lazy layer has not been built.</exception>
    public static StateMismatch LoadSafetensors(this Layer model, string path, bool strict = true, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(prefix);
        IReadOnlyList<NamedTensor> state = model.State;
        using SafetensorsFile file = SafetensorsFile.Open(path);
        var loading = new StateLoading(file);
        foreach (NamedTensor entry in state)
        {
            loading.Add(prefix + entry.Name, entry.Value);
        }

        if (strict)
        {
            loading.RequireMatch(prefix);
        }

        loading.Read();
        loading.Commit();
        return loading.Mismatch(prefix);
    }

    /// <summary>Adds all parameters and buffers of a model, in its order.</summary>
    internal static void AddState(this SafetensorsWriter writer, Layer model, string prefix = "")
    {
        foreach (NamedTensor entry in model.State)
        {
            writer.Add(prefix + entry.Name, entry.Value, entry.Kind == StateKind.Counter ? SafetensorsDType.I64 : SafetensorsDType.F32);
        }
    }
}
