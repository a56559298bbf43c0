using System.Text.RegularExpressions;

namespace FastConv.PerfGate.Code;

/// <summary>
/// The loop of a compiled method in which its time goes: of those that hold no other, the one with the most multiply-adds, and of several the shortest,
/// since a jump back over code that the JIT has moved looks like a loop too.
/// </summary>
internal static partial class HotLoop
{
    /// <summary>Null where the method has no loop.</summary>
    public static LoopCounts? Find(JitMethod method)
    {
        (int First, int Last)[] loops = [.. Loops(method.Lines)];
        return loops
            .Where(loop => !loops.Any(other => other != loop && other.First >= loop.First && other.Last <= loop.Last))
            .OrderBy(loop => loop.Last - loop.First)
            .Select(loop => Count(method.Lines.Take(loop.First..(loop.Last + 1))))
            .MaxBy(counts => counts.MultiplyAdds);
    }

    // From a label to a jump back to it; the inner and the outer of two loops may begin at one label.
    private static IEnumerable<(int First, int Last)> Loops(IReadOnlyList<string> lines)
    {
        var labels = new Dictionary<string, int>();
        for (int index = 0; index < lines.Count; index++)
        {
            if (lines[index].EndsWith(':'))
            {
                labels[lines[index][..^1]] = index;
            }
            else if (Jump().Match(lines[index]) is { Success: true } jump && labels.TryGetValue(jump.Groups[1].Value, out int first))
            {
                yield return (first, index);
            }
        }
    }

    private static LoopCounts Count(IEnumerable<string> loop)
    {
        string[] lines = [.. loop];
        string[] multiplyAdds = [.. lines.Where(line => MultiplyAdd().IsMatch(line))];
        var moves = new VectorMoves(lines.Count(Copy().IsMatch), lines.Count(Load().IsMatch), lines.Count(Store().IsMatch));
        return new LoopCounts(
            multiplyAdds.Length,
            multiplyAdds.SelectMany(line => Register().Matches(line)).Select(BitsOf).DefaultIfEmpty().Min(),
            lines.Count(StackOperand().IsMatch),
            lines.Count(Call().IsMatch),
            moves);
    }

    private static int BitsOf(Match register) => register.Value[0] switch
    {
        'z' => 512,
        'y' => 256,
        _ => 128,
    };

    [GeneratedRegex(@"^j\w+\s+(?:SHORT\s+)?(\w+)$")]
    private static partial Regex Jump();

    [GeneratedRegex(@"^vfn?m(?:add|sub)\d+ps\b")]
    private static partial Regex MultiplyAdd();

    [GeneratedRegex(@"\b[xyz]mm\d+")]
    private static partial Regex Register();

    [GeneratedRegex(@"\[r[sb]p\b")]
    private static partial Regex StackOperand();

    [GeneratedRegex(@"^(?:call|tail\.jmp)\b")]
    private static partial Regex Call();

    [GeneratedRegex(@"^vmov(?:[au]p[sd]|dq[au]\d*)\s+[xyz]mm\d+, [xyz]mm\d+$")]
    private static partial Regex Copy();

    [GeneratedRegex(@"^vmov(?:[au]p[sd]|dq[au]\d*)\s+[xyz]mm\d+, .*\[")]
    private static partial Regex Load();

    [GeneratedRegex(@"^vmov(?:[au]p[sd]|dq[au]\d*)\s+\w+ ptr \[.*, [xyz]mm\d+$")]
    private static partial Regex Store();
}
