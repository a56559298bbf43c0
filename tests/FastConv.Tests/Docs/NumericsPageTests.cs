using System.Text.RegularExpressions;
using FastConv.Tests.Architecture;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Docs;

/// <summary>docs/numerics.md: every promise names tests, and they exist.</summary>
public sealed partial class NumericsPageTests
{
    private const string Promises = "## Promises, and the tests that hold them";

    // What holds a promise without being a test class of this assembly: a collection of tests, a folder, the rule that they apply.
    private static readonly string[] Others = ["*Tests", "*Reference", "Reference/", "Threads", "ErrorBound"];

    private readonly string _page = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "numerics.md"));

    [Fact]
    public void Every_test_that_the_page_names_exists()
    {
        HashSet<string> classes = [.. typeof(NumericsPageTests).Assembly.GetExportedTypes().Select(type => type.Name)];
        string[] named = [.. Name().Matches(_page).Select(match => match.Groups[1].Value).Distinct()];

        Assert.NotEmpty(named);
        Findings.AssertNone(named.Where(name => !classes.Contains(name)));
    }

    [Fact]
    public void Every_promise_names_what_holds_it()
    {
        string[] rows = [.. _page[_page.IndexOf(Promises, StringComparison.Ordinal)..].Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)];

        Assert.NotEmpty(rows);
        Findings.AssertNone(rows.Where(row => !Name().IsMatch(row) && !Others.Any(other => row.Contains($"`{other}`", StringComparison.Ordinal)) && !row.Contains("refusal tests", StringComparison.Ordinal)));
    }

    [GeneratedRegex("`(\\w+Tests)`")]
    private static partial Regex Name();
}
