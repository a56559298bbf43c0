using FastConv.Shapes;

namespace FastConv.Benchmarks.Steps;

/// <summary>An input of an operation, uniform in [-1, 1), or whole numbers below <paramref name="Classes"/> where that is given.</summary>
internal sealed record OpInput(TensorShape Shape, int Classes = 0);

/// <summary>An operation on tensors. FastConv writes to buffers that are there already; a peer may allocate its output in every call.</summary>
/// <param name="name">Of the row.</param>
/// <param name="op">What <c>torch_ops.py</c> calls it.</param>
/// <param name="pass">forward or backward; part of the request.</param>
/// <param name="batch">The leading dimension.</param>
internal sealed class OpCase(string name, string op, string pass, int batch) : StepCase(StepKinds.Op, name, pass, batch)
{
    public const string Forward = "forward";
    public const string Backward = "backward";

    public string Op => op;

    /// <summary>Of both sides; backward has the gradient of the output last.</summary>
    public required IReadOnlyList<OpInput> Inputs { get; init; }

    public required TensorShape Result { get; init; }

    /// <summary>More than the shapes say: windows, strides, slopes. Serialised for the peer.</summary>
    public object Arguments { get; init; } = new { };

    public required long MovedBytes { get; init; }

    public bool IsRandom { get; init; }

    /// <summary>Makes the call, with what forward would have left for it.</summary>
    public required Func<OpBuffers, Action> Bind { get; init; }

    public override long? Bytes => MovedBytes;

    public override string? Compare(ReadOnlySpan<float> own, ReadOnlySpan<float> other) => IsRandom ? null : base.Compare(own, other);

    public override OwnSide Prepare() => new OpSide(this);
}
