using FastConv.Memory;

namespace FastConv.Primitives;

/// <summary>
/// A layer's weights in the order in which products read them, for each pass and phase that has asked: packed once after the weights have changed,
/// not once a call. The order follows from the weights' shape alone, so all batch and image sizes share it. Threads that predict at the same time
/// wait for the one that packs.
/// </summary>
internal sealed class PackedFilters
{
    private readonly Lock _gate = new();
    private Slot[] _slots = [];

    /// <summary>The memory of a slot, filled by <paramref name="packing"/> unless it holds this version already.</summary>
    /// <param name="slot">0 for forward, then the phases of backward to the input.</param>
    /// <param name="length">Floats, the same in every call for a slot.</param>
    /// <param name="version">Of the weights.</param>
    /// <param name="packing">Packs into the memory it is given.</param>
    public unsafe float* Get<TPacking>(int slot, int length, int version, ref TPacking packing)
        where TPacking : struct, IPacking
    {
        lock (_gate)
        {
            ref Slot kept = ref SlotOf(slot);
            if (kept.Buffer?.Length != length)
            {
                kept.Buffer = AlignedBuffer.Uninitialized(length);
                kept.IsPacked = false;
            }

            if (!kept.IsPacked || kept.Version != version)
            {
                packing.PackInto(kept.Buffer.Pointer);
                kept.Version = version;
                kept.IsPacked = true;
            }

            return kept.Buffer.Pointer;
        }
    }

    /// <summary>
    /// Whether this version of a slot is packed, or was asked for by this method before: filters that serve but once, as in training, may not be worth
    /// packing.
    /// </summary>
    public bool IsAskedAgain(int slot, int version)
    {
        lock (_gate)
        {
            ref Slot kept = ref SlotOf(slot);
            bool isKnown = kept.AskedVersion == version || (kept.IsPacked && kept.Version == version);
            kept.AskedVersion = version;
            return isKnown;
        }
    }

    private ref Slot SlotOf(int slot)
    {
        if (slot >= _slots.Length)
        {
            Array.Resize(ref _slots, slot + 1);
        }

        return ref _slots[slot];
    }

    private struct Slot
    {
        public AlignedBuffer Buffer { get; set; }

        public int? AskedVersion { get; set; }

        public int Version { get; set; }

        public bool IsPacked { get; set; }
    }
}
