namespace FastConv.Benchmarks.Steps;

/// <summary>Rows that are reported together: one kind, one number of threads, one peer.</summary>
internal sealed record StepsGroup(string Kind, int Threads, string Peer, IReadOnlyList<StepCase> Cases)
{
    public override string ToString() => $"{Kind}, {Threads} thread{(Threads == 1 ? "" : "s")}, {Peer}";
}

/// <summary>Which groups the options come to, in the order in which they are measured.</summary>
internal static class StepsPlan
{
    /// <exception cref="ArgumentException">Nothing to measure.</exception>
    /// <exception cref="InvalidDataException">The shape file is not one.</exception>
    public static IReadOnlyList<StepsGroup> Create(StepsOptions options)
    {
        StepsGroup[] groups =
        [
            .. from kind in StepKinds.All
               where options.Kinds is [] || options.Kinds.Contains(kind)
               let cases = CasesOf(kind, options.Batch).Where(step => step.Name.Contains(options.Filter, StringComparison.OrdinalIgnoreCase)).ToList()
               where cases.Count > 0
               from threads in options.Threads
               from peer in options.Peers
               where StepPeers.CanDo(peer, kind)
               select new StepsGroup(kind, threads, peer, cases),
        ];
        return groups is [] ? throw new ArgumentException("nothing to measure: no name contains the filter, or the peer does none of the rows") : groups;
    }

    private static IEnumerable<StepCase> CasesOf(string kind, int? batch) => kind switch
    {
        StepKinds.Op => OpSize.All(batch).SelectMany(Operations).Concat(ColumnOps.Create(batch)),
        StepKinds.Step => Networks.Steps(batch),
        _ => Networks.Predictions(batch),
    };

    /// <summary>What is measured on tensors of a size.</summary>
    public static IEnumerable<OpCase> Operations(OpSize size) =>
    [
        .. PoolOps.Create(size),
        .. NormalizationOps.Create(size),
        .. ElementwiseOps.Create(size),
        .. LossOps.Create(size),
        .. OptimizerOps.Create(size),
    ];
}
