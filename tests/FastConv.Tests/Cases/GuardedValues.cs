namespace FastConv.Tests.Cases;

/// <summary>
/// Values between NaNs, on no vector's boundary: what reads past an end gets NaN into its result, what writes past an end is seen.
/// </summary>
internal sealed class GuardedValues
{
    private const int Before = 17;
    private const int After = 33;

    private readonly float[] _memory;

    public GuardedValues(ReadOnlySpan<float> values)
    {
        _memory = TestTensors.NaNs(Before + values.Length + After);
        values.CopyTo(Span);
    }

    public Span<float> Span => _memory.AsSpan(Before, _memory.Length - Before - After);

    /// <summary>An output that must be overwritten: every value is NaN.</summary>
    public static GuardedValues Unwritten(int length) => new(TestTensors.NaNs(length));

    public void AssertGuardsUntouched()
    {
        TestTensors.AssertUntouched(_memory.AsSpan(0, Before));
        TestTensors.AssertUntouched(_memory.AsSpan(_memory.Length - After));
    }
}
