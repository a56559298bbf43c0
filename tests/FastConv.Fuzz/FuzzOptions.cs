namespace FastConv.Fuzz;

/// <summary>What the command line asks for.</summary>
internal sealed record FuzzOptions(TimeSpan Time, int Seed, string? Target, string? Repeat, string Findings);
