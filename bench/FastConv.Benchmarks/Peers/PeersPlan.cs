namespace FastConv.Benchmarks.Peers;

/// <summary>Rows that are reported together: one set, one pass, one peer, one number of threads.</summary>
internal sealed record PeersGroup(string Peer, int Threads, IReadOnlyList<Workload> Workloads)
{
    public override string ToString() => $"{Workloads[0].Set} {Workloads[0].Pass}, {Threads} thread{(Threads == 1 ? "" : "s")}, {Peer}";
}

/// <summary>Which groups the options come to, in the order in which they are measured.</summary>
internal static class PeersPlan
{
    public const string AllSets = "all";

    private static readonly string[] UsualSets = ["source", GemmSets.Layers];

    /// <exception cref="ArgumentException">A set that there is not, or nothing to measure.</exception>
    /// <exception cref="IOException">The shape file cannot be read.</exception>
    /// <exception cref="InvalidDataException">The shape file is not one.</exception>
    public static IReadOnlyList<PeersGroup> Create(PeersOptions options)
    {
        IReadOnlyList<NamedShape> shapes = ShapeFile.Read(options.ShapesPath);
        string[] known = [.. shapes.Select(shape => shape.Set).Distinct(), .. GemmSets.Names];
        var groups = new List<PeersGroup>();
        foreach (string set in SetsOf(options, known))
        {
            bool isGemm = GemmSets.Names.Contains(set);
            IEnumerable<IEnumerable<Workload>> parts = isGemm
                ? [GemmSets.Create(set)]
                : PassesOf(options).Select(pass => ConvolutionsOf(shapes, set, pass, options.Batch));
            groups.AddRange(
                from part in parts
                let chosen = part.Where(workload => workload.Name.Contains(options.Filter, StringComparison.OrdinalIgnoreCase)).ToList()
                where chosen.Count > 0
                from threads in options.Threads
                from peer in PeersOf(options, isGemm)
                select new PeersGroup(peer, threads, chosen));
        }

        return groups.Count > 0
            ? groups
            : throw new ArgumentException("nothing to measure: no peer does any of the sets, or no name contains the filter");
    }

    private static string[] SetsOf(PeersOptions options, string[] known)
    {
        if (options.Sets.Contains(AllSets))
        {
            return known;
        }

        string[] asked = options.Sets is [] ? [.. UsualSets.Intersect(known)] : [.. options.Sets];
        return asked.Except(known).FirstOrDefault() is { } unknown
            ? throw new ArgumentException($"there is no set '{unknown}'; there are {string.Join(", ", known)}, and {AllSets}")
            : asked;
    }

    private static IEnumerable<ConvolutionPassName> PassesOf(PeersOptions options) =>
        Enum.GetValues<ConvolutionPassName>().Where(pass => options.Passes is [] || options.Passes.Contains(pass.ToText()));

    private static IEnumerable<string> PeersOf(PeersOptions options, bool isGemm) => PeerNames.All.Where(peer =>
        options.Peers is [] ? PeerNames.IsDefault(peer, isGemm) : options.Peers.Contains(peer) && PeerNames.CanDo(peer, isGemm));

    private static IEnumerable<Workload> ConvolutionsOf(IReadOnlyList<NamedShape> shapes, string set, ConvolutionPassName pass, int batch) =>
        shapes.Where(shape => shape.Set == set).Select(shape =>
            new ConvolutionWorkload(set, shape.Name, batch == PeersOptions.OwnBatch ? shape.Shape : shape.Shape.WithBatch(batch), pass));
}
