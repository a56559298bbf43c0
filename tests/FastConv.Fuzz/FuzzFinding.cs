namespace FastConv.Fuzz;

/// <summary>A result that is wrong.</summary>
internal sealed class FuzzFinding(string message) : Exception(message);
