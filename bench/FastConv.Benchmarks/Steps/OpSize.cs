using FastConv.Shapes;

namespace FastConv.Benchmarks.Steps;

/// <summary>The tensors that the operations are measured on: some far beyond the second-level cache, some well within it.</summary>
/// <param name="Suffix">Of the rows' names.</param>
/// <param name="Batch">Images.</param>
/// <param name="Channels">Of an image.</param>
/// <param name="Rows">Of the matrices of softmax and the losses.</param>
/// <param name="Model">The recipe whose parameters optimisers update.</param>
internal sealed record OpSize(string Suffix, int Batch, int Channels, int Rows, string Model)
{
    /// <summary>Ends the names of rows on tensors within the second-level cache.</summary>
    public const string SmallSuffix = " small";

    public const int DefaultBatch = 32;
    public const int Side = 56;
    public const int Plane = Side * Side;
    public const int Classes = 1000;

    public TensorShape Images => [Batch, Channels, Side, Side];

    public TensorShape Matrix => [Rows, Classes];

    /// <summary>6.5 million parameters, or 62 thousand.</summary>
    public static OpSize[] All(int? batch) =>
        [new("", batch ?? DefaultBatch, 64, 4096, "catdog"), new(SmallSuffix, 2, 8, 48, "lenet5")];

    public static long Bytes(params ReadOnlySpan<TensorShape> shapes)
    {
        long floats = 0;
        foreach (TensorShape shape in shapes)
        {
            floats += shape.Length;
        }

        return floats * sizeof(float);
    }
}
