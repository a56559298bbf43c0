using FastConv.Counters;

namespace FastConv.PerfGate.Work;

/// <summary>A call and the work that it must come to, on one thread.</summary>
/// <param name="Name">Of the row.</param>
/// <param name="Expected">By formula, from the shape and the block sizes.</param>
/// <param name="Run">The call.</param>
internal sealed record WorkCase(string Name, WorkCount Expected, Action Run);
