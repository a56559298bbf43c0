using FastConv.Benchmarks.Peers;

namespace FastConv.Benchmarks.Suites;

/// <summary>The sets of shapes that the environment chooses, of convolutions and of matrix products.</summary>
internal static class ShapeSets
{
    /// <summary>Names of sets, separated by commas.</summary>
    public const string EnvironmentVariable = "FASTCONV_BENCH_SETS";

    private static readonly string[] Usual = ["source", GemmSets.Layers];

    private static IReadOnlyList<NamedShape> All => ShapeFile.Read(ShapeFile.DefaultPath);

    /// <summary>The sets.</summary>
    /// <exception cref="ArgumentException">There is no such set.</exception>
    public static string[] Chosen =>
        ListVariable.Read(EnvironmentVariable, Usual, [.. All.Select(shape => shape.Set).Distinct(), .. GemmSets.Names]);

    /// <summary>The convolutions of the chosen sets, of <see cref="PeersOptions.DefaultBatch"/> images.</summary>
    public static IEnumerable<NamedShape> Convolutions =>
        from set in Chosen
        from shape in All
        where shape.Set == set
        select shape with { Shape = shape.Shape.WithBatch(PeersOptions.DefaultBatch) };

    /// <summary>The products of the chosen sets.</summary>
    public static IEnumerable<Workload> Products => Chosen.Where(GemmSets.Names.Contains).SelectMany(GemmSets.Create);
}
