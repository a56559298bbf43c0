using FastConv.Shapes;

namespace FastConv.Layers;

/// <summary>A tensor of a step that has no memory yet: its shape, and from which moment to which it is in use.</summary>
/// <param name="shape">Of the tensor.</param>
/// <param name="first">The moment in which it is written.</param>
/// <param name="behind">What may be read in its place, because it is a view of that or in some mode is passed on; null for nothing.</param>
internal sealed class StepBlock(TensorShape shape, int first, StepBlock? behind = null)
{
    public TensorShape Shape => shape;

    public int First { get; } = first;

    /// <summary>The last moment in which it is read.</summary>
    public int Last { get; private set; } = first;

    /// <summary>Where it begins in the step's memory, in floats.</summary>
    public long Offset { get; set; }

    public void ReadAt(int moment)
    {
        Last = Math.Max(Last, moment);
        behind?.ReadAt(moment);
    }

    public bool LivesBeside(StepBlock other) => First <= other.Last && other.First <= Last;
}
