namespace FastConv.Mutants;

/// <summary>What became of one mutant.</summary>
/// <param name="Identity">Which one.</param>
/// <param name="File">Its source.</param>
/// <param name="Line">Its line.</param>
/// <param name="Change">What was changed.</param>
/// <param name="CaughtBy">The test that failed, or how the process ended; null for a survivor.</param>
/// <param name="Stage">Which tests said so: those of the area, the wide ones, or those of the area without vectors.</param>
/// <param name="Seconds">How long it took.</param>
internal sealed record MutantResult(string Identity, string File, int Line, string Change, string? CaughtBy, string Stage, double Seconds);
