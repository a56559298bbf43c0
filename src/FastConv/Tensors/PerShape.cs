using System.Diagnostics.CodeAnalysis;
using FastConv.Shapes;

namespace FastConv.Tensors;

/// <summary>
/// What a layer or a loss keeps for a shape, for the last two shapes: the full batch and the short one that ends an epoch, so that a
/// change between them allocates nothing. Entries never change, so that threads may look up and keep at the same time; the
/// worst that happens is that a value is made twice.
/// </summary>
internal sealed class PerShape<T>
{
    private Entry? _newer;
    private Entry? _older;

    public bool TryFind(TensorShape shape, [MaybeNullWhen(false)] out T value)
    {
        Entry? newer = Volatile.Read(ref _newer);
        Entry? older = Volatile.Read(ref _older);
        Entry? entry = newer?.Shape == shape ? newer : older?.Shape == shape ? older : null;
        value = entry is null ? default : entry.Value;
        return entry is not null;
    }

    /// <summary>Forgets the older of two values and keeps this one.</summary>
    public T Keep(TensorShape shape, T value)
    {
        Volatile.Write(ref _older, Volatile.Read(ref _newer));
        Volatile.Write(ref _newer, new Entry(shape, value));
        return value;
    }

    public void Clear()
    {
        Volatile.Write(ref _newer, null);
        Volatile.Write(ref _older, null);
    }

    private sealed record Entry(TensorShape Shape, T Value);
}
