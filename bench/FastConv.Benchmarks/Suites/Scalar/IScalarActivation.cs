namespace FastConv.Benchmarks.Suites.Scalar;

/// <summary>An activation of one number.</summary>
internal interface IScalarActivation
{
    /// <summary>Whether backward starts from the output rather than from the input.</summary>
    static abstract bool KeepsOutput { get; }

    static abstract float Value(float x);

    /// <summary>The derivative, from what is kept.</summary>
    static abstract float Slope(float kept);
}
