namespace FastConv.Tests.Architecture;

/// <summary>What a look at the source found: shown in full, a line each, because the test runner shortens collections.</summary>
internal static class Findings
{
    public static void AssertNone(IEnumerable<string> findings)
    {
        string[] found = [.. findings];
        Assert.True(found.Length == 0, string.Join(Environment.NewLine, found));
    }
}
