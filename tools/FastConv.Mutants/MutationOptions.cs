namespace FastConv.Mutants;

/// <summary>What the command line asks for.</summary>
/// <param name="Count">Mutants in all.</param>
/// <param name="Seed">Chooses them.</param>
/// <param name="Time">No mutant is begun after so long.</param>
/// <param name="Slots">Mutants that are tested at a time, each in a copy of its own.</param>
/// <param name="Again">Whether those that survived before are tested once more, after tests were added.</param>
internal sealed record MutationOptions(int Count, int Seed, TimeSpan Time, int Slots, bool Again);
