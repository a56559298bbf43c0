namespace FastConv.PerfGate.Code;

/// <summary>A kernel as the JIT compiled it; without a loop where its listing shows none.</summary>
/// <param name="Name">Of the row.</param>
/// <param name="MultiplyAdds">Of a step of the loop, by formula.</param>
/// <param name="Loop">What a step consists of.</param>
internal sealed record CompiledKernel(string Name, int MultiplyAdds, LoopCounts? Loop);
