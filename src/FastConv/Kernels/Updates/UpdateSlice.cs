namespace FastConv.Kernels.Updates;

/// <summary>Where a stretch of learned values lies, with its gradient and an optimiser's state for it; null for a state that the options leave out.</summary>
internal unsafe struct UpdateSlice
{
    public required float* Value;
    public required float* Gradient;
    public float* State0;
    public float* State1;
    public float* State2;
    public required int Length;

    /// <summary>The elements [start, start + length) of this.</summary>
    public readonly UpdateSlice Part(int start, int length) => new()
    {
        Value = Value + start,
        Gradient = Gradient + start,
        State0 = State0 == null ? null : State0 + start,
        State1 = State1 == null ? null : State1 + start,
        State2 = State2 == null ? null : State2 + start,
        Length = length,
    };
}
