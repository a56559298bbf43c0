using FastConv.Benchmarks.Peers;
using FastConv.Benchmarks.Steps;
using FastConv.Benchmarks.Suites.Scalar;
using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tensors;

namespace FastConv.Benchmarks.Suites;

/// <summary>Windows as columns and back, over the convolutions of the chosen sets whose windows are larger than a pixel.</summary>
public class Im2ColBenchmarks : ComparedSuite
{
    private const string Im2Col = "im2col";
    private const string Col2Im = "col2im";

    private Conv2dShape _shape = null!;
    private Tensor _from = null!;
    private int _resultLength;

    internal override IEnumerable<string> Names =>
        from layer in Layers
        from direction in new[] { Im2Col, Col2Im }
        select $"{NameOf(layer)} {direction}";

    internal override WorkUnit Unit => WorkUnit.Bytes;

    internal override double Amount => OpSize.Bytes([_from.Length], [_resultLength]);

    private static IEnumerable<NamedShape> Layers =>
        ShapeSets.Convolutions.Where(layer => layer.Shape.Vertical.Window * layer.Shape.Horizontal.Window > 1);

    private bool IsForward => Call.EndsWith(Im2Col, StringComparison.Ordinal);

    internal override (SuiteCall Library, SuiteCall Scalar) PrepareCalls()
    {
        string name = Call[..Call.LastIndexOf(' ')];
        _shape = Layers.First(layer => NameOf(layer) == name).Shape;
        (int image, int columns) = (_shape.InputShape.Length, Im2ColPrimitives.ColumnsLength(_shape));
        _from = RandomValues.Create(IsForward ? image : columns, seed: 1);
        _resultLength = IsForward ? columns : image;
        return IsForward
            ? (CallOf(Im2ColPrimitives.Im2Col), CallOf(ScalarColumns.Im2Col))
            : (CallOf(Im2ColPrimitives.Col2Im), CallOf(ScalarColumns.Col2Im));
    }

    private delegate void Map(Conv2dShape shape, ReadOnlySpan<float> from, Span<float> to);

    private SuiteCall CallOf(Map map)
    {
        var result = new Tensor(_resultLength);
        return new SuiteCall(() => map(_shape, _from.Values, result.Span), () => result.Values);
    }

    private static string NameOf(NamedShape layer) => $"{layer.Set}/{layer.Name}";
}
