using FastConv.Simd;

namespace FastConv.PerfGate.Code;

/// <summary>
/// What the JIT makes of the hot loops, for every instruction set with multiply-adds that this CPU can pretend to end with: as many multiply-adds
/// a step as the formula says, over the widest vectors; no stack operand and no call; and no more moves of vectors than were recorded.
/// </summary>
internal sealed class CodeLayer : IGateLayer
{
    // Each switched off leaves the next narrower instruction set.
    private static readonly string?[] SwitchedOff = [null, "EnableAVX512"];

    private static readonly Dictionary<string, int> BitsOf = new() { ["AVX-512"] = 512, ["AVX2"] = 256 };

    public string Name => "code";

    public IEnumerable<GateRow> Check(GateOptions options, Action<string> say)
    {
        foreach (CompiledKernels compiled in Compile(say))
        {
            SortedDictionary<string, RecordedLoop>? recorded = Baseline.Read(PathOf(options, compiled), BaselineJson.Default.SortedDictionaryStringRecordedLoop);
            if (recorded is null)
            {
                say($"code: no baseline for {compiled.InstructionSet}; moves of vectors are not compared");
            }

            foreach (CompiledKernel kernel in compiled.Kernels.Where(kernel => options.Selects(kernel.Name)))
            {
                yield return RowOf(compiled.InstructionSet, kernel, recorded);
            }
        }
    }

    public void Update(GateOptions options, Action<string> say)
    {
        foreach (CompiledKernels compiled in Compile(say))
        {
            string path = PathOf(options, compiled);
            SortedDictionary<string, RecordedLoop> recorded = Baseline.Read(path, BaselineJson.Default.SortedDictionaryStringRecordedLoop) ?? [];
            foreach (CompiledKernel kernel in compiled.Kernels.Where(kernel => kernel.Loop is not null && options.Selects(kernel.Name)))
            {
                RecordedLoop? before = recorded.GetValueOrDefault(kernel.Name);
                RecordedLoop now = RecordedLoop.After(before, kernel.Loop!);
                if (before != now)
                {
                    say($"code: {compiled.InstructionSet}, {kernel.Name}: {before?.ToString() ?? "nothing"} -> {now}");
                }

                recorded[kernel.Name] = now;
            }

            Baseline.Write(path, recorded, BaselineJson.Default.SortedDictionaryStringRecordedLoop);
        }
    }

    private static IEnumerable<CompiledKernels> Compile(Action<string> say)
    {
        if (!BitsOf.ContainsKey(MachineLimits.InstructionSet))
        {
            say($"code: listings of {MachineLimits.InstructionSet} are not read");
            return [];
        }

        return SwitchedOff.Select(CompiledKernels.Create).DistinctBy(compiled => compiled.InstructionSet);
    }

    private static string PathOf(GateOptions options, CompiledKernels compiled) => Path.Combine(options.BaselinesPath, $"code-{compiled.InstructionSet}.json");

    private GateRow RowOf(string instructionSet, CompiledKernel kernel, SortedDictionary<string, RecordedLoop>? all)
    {
        RecordedLoop? recorded = all?.GetValueOrDefault(kernel.Name);
        string floor = $"{kernel.MultiplyAdds} FMA, {recorded?.ToString() ?? "any moves"}";
        string now = kernel.Loop is { } loop ? $"{loop.MultiplyAdds} FMA, {RecordedOf(loop)}" : "no loop";
        string[] reasons = kernel.Loop is null ? ["the listing shows no loop"] : [.. Reasons(kernel, kernel.Loop, BitsOf[instructionSet], recorded)];
        if (all is not null && recorded is null)
        {
            reasons = [.. reasons, "it is not recorded: --update records it"];
        }

        return new GateRow(Name, $"{instructionSet}: {kernel.Name}", floor, now, reasons is [] ? null : string.Join("; ", reasons));
    }

    private static RecordedLoop RecordedOf(LoopCounts loop) => new(loop.Moves, loop.StackOperands, loop.Calls);

    private static IEnumerable<string> Reasons(CompiledKernel kernel, LoopCounts loop, int bits, RecordedLoop? recorded)
    {
        if (loop.MultiplyAdds != kernel.MultiplyAdds)
        {
            yield return $"{loop.MultiplyAdds} multiply-adds a step, the formula says {kernel.MultiplyAdds}";
        }

        if (loop.Bits != bits)
        {
            yield return $"vectors of {loop.Bits} bits, there are {bits}";
        }

        if (loop.StackOperands > (recorded?.StackOperands ?? 0))
        {
            yield return $"{loop.StackOperands} stack operands";
        }

        if (loop.Calls > (recorded?.Calls ?? 0))
        {
            yield return $"{loop.Calls} calls";
        }

        if (recorded is not null && loop.Moves.Exceed(recorded.Moves))
        {
            yield return $"{loop.Moves}, recorded are {recorded.Moves}";
        }
    }
}
