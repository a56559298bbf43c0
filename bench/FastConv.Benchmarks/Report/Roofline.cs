using FastConv.Benchmarks.Peers;
using FastConv.Benchmarks.Scaling;
using FastConv.Shapes;

namespace FastConv.Benchmarks.Report;

/// <summary>A shape under the roof.</summary>
/// <param name="Pass">The series.</param>
/// <param name="Intensity">Floating-point operations of the direct method over bytes that must move.</param>
/// <param name="Gflops">Achieved.</param>
internal readonly record struct RooflinePoint(string Pass, double Intensity, double Gflops);

/// <summary>Finds the shapes of measured rows again, since a row has a name and no sizes.</summary>
internal sealed class Roofline
{
    private readonly Dictionary<(string Set, string Name), Conv2dShape> _shapes;
    private readonly Dictionary<(string Set, string Name), Workload> _products;

    /// <exception cref="IOException">The shape file cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is not one.</exception>
    public Roofline(string shapesPath)
    {
        _shapes = ShapeFile.Read(shapesPath).DistinctBy(shape => (shape.Set, shape.Name)).ToDictionary(shape => (shape.Set, shape.Name), shape => shape.Shape);
        _products = GemmSets.Names.SelectMany(GemmSets.Create).ToDictionary(product => (product.Set, product.Name));
    }

    /// <summary>A point a shape and pass, the fastest where several peers were measured beside it.</summary>
    /// <exception cref="InvalidDataException">A row's shape is in no set.</exception>
    public IReadOnlyList<RooflinePoint> Points(IEnumerable<PeerRow> rows) =>
    [
        .. from row in rows
           group row by (row.Set, row.Name, row.Pass, row.Batch) into same
           let workload = Find(same.First())
           select new RooflinePoint(same.Key.Pass, workload.Flops / workload.Bytes(), same.Max(row => row.FastconvGflops)),
    ];

    private Workload Find(PeerRow row)
    {
        (string, string) key = (row.Set, row.Name);
        if (_products.TryGetValue(key, out Workload? product))
        {
            return product;
        }

        ConvolutionPassName[] passes = [.. Enum.GetValues<ConvolutionPassName>().Where(pass => pass.ToText() == row.Pass)];
        return passes is [var pass] && _shapes.TryGetValue(key, out Conv2dShape? shape)
            ? new ConvolutionWorkload(row.Set, row.Name, shape.WithBatch(row.Batch), pass)
            : throw new InvalidDataException($"there is no shape '{row.Name}' in a set '{row.Set}', pass '{row.Pass}'; --shapes names another shape file");
    }
}
