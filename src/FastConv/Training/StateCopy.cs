using System.Numerics.Tensors;
using FastConv.Layers;
using Tensor = FastConv.Tensors.Tensor;
using NamedTensor = FastConv.Layers.NamedTensor;

namespace FastConv.Training;

/// <summary>A second set of a model's parameters and buffers: the best so far, a running average, or a model as it was before.</summary>
internal sealed class StateCopy
{
    private readonly (NamedTensor Live, Tensor Copy)[] _entries;

    /// <summary>A copy of a model as it is now.</summary>
    public StateCopy(Layer model) => _entries = [.. model.State.Select(entry => (entry, entry.Value.Clone()))];

    /// <summary>The copies under the model's names.</summary>
    public IEnumerable<NamedTensor> Tensors => _entries.Select(entry => entry.Live with { Value = entry.Copy });

    /// <summary>Copies the model as it is now.</summary>
    public void Capture()
    {
        foreach ((NamedTensor live, Tensor copy) in _entries)
        {
            live.Value.Values.CopyTo(copy.Span);
        }
    }

    /// <summary>Copies another copy of the same model.</summary>
    public void Capture(StateCopy other)
    {
        for (int index = 0; index < _entries.Length; index++)
        {
            other._entries[index].Copy.Values.CopyTo(_entries[index].Copy.Span);
        }
    }

    /// <summary>Writes the copies into the model.</summary>
    public void Restore()
    {
        foreach ((NamedTensor live, Tensor copy) in _entries)
        {
            copy.Values.CopyTo(live.Value.Span);
        }
    }

    /// <summary>The copies into the model and the model into the copies; a second call undoes the first.</summary>
    public void Swap()
    {
        foreach ((NamedTensor live, Tensor copy) in _entries)
        {
            Swap(live.Value.Span, copy.Span);
        }
    }

    /// <summary>Learned values become decay * copy + (1 - decay) * model; buffers, which are averages already, those of the model.</summary>
    /// <param name="decay">In [0, 1].</param>
    public void Average(double decay)
    {
        foreach ((NamedTensor live, Tensor copy) in _entries)
        {
            Span<float> values = copy.Span;
            if (live.Kind != StateKind.Parameter)
            {
                live.Value.Values.CopyTo(values);
                continue;
            }

            // One rounding for the sum, on every processor.
            TensorPrimitives.Multiply(values, (float)decay, values);
            TensorPrimitives.FusedMultiplyAdd(live.Value.Values, (float)(1 - decay), values, values);
        }
    }

    private static void Swap(Span<float> left, Span<float> right)
    {
        const int Chunk = 256;
        Span<float> held = stackalloc float[Chunk];
        while (!left.IsEmpty)
        {
            int count = Math.Min(Chunk, left.Length);
            left[..count].CopyTo(held);
            right[..count].CopyTo(left);
            held[..count].CopyTo(right);
            left = left[count..];
            right = right[count..];
        }
    }
}
