using System.Globalization;
using FastConv.Simd;
using FastConv.Tests.Cases;
using Xunit.Abstractions;

namespace FastConv.Tests.Guarded;

/// <summary>No primitive touches a byte before or after the spans that it is given: there a page faults, which ends the process that does it.</summary>
public sealed class GuardedMemoryTests(ITestOutputHelper output)
{
    private const string Rounds = "FASTCONV_GUARDED_ROUNDS";

    [GuardedTheory]
    [InlineData("Start")]
    [InlineData("End")]
    public void Primitives_stay_within_their_spans(string edge)
    {
        string rounds = Environment.GetEnvironmentVariable(Rounds) ?? (SimdDispatch.HasFusedMultiplyAdd ? 40 : 4).ToString(CultureInfo.InvariantCulture);
        (int exitCode, string[] lines, string error) = OwnProcess.Run([], GuardedRun.Verb, edge, "1", rounds);
        string last = lines.LastOrDefault("nothing");
        Assert.True(exitCode == 0 && last == GuardedRun.AllDone, $"the process ended with {exitCode} at: {last}{Environment.NewLine}{error}");
        output.WriteLine($"{lines.Length - 1} cases");
    }
}
