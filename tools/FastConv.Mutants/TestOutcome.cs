namespace FastConv.Mutants;

/// <summary>What one run of tests came to.</summary>
/// <param name="Failure">What gave a change away, or null where all tests passed.</param>
/// <param name="Processors">Time of processors that it took, to a fraction of a second.</param>
internal sealed record TestOutcome(string? Failure, TimeSpan Processors);
