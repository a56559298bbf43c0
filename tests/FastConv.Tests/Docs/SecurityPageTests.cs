using FastConv.Tests.Cases;
using FastConv.Tests.Hostile;

namespace FastConv.Tests.Docs;

/// <summary>The tables of docs/security.md are the rows that are tested, and its promises name tests that are there.</summary>
public sealed class SecurityPageTests
{
    private const string WriteVariable = "FASTCONV_WRITE_PAGES";

    private static readonly string Page = Path.Combine(RepositoryRoot.Path, "docs", "security.md");

    [Fact]
    public void Its_tables_are_the_rows_that_are_tested()
    {
        string[] written = File.ReadAllLines(Page);
        string[] expected = [.. written.TakeWhile(line => line != Begin), .. Tables(), .. written.SkipWhile(line => line != End)];
        if (Environment.GetEnvironmentVariable(WriteVariable) is { Length: > 0 })
        {
            File.WriteAllLines(Page, expected);
        }

        Assert.True(expected.SequenceEqual(File.ReadAllLines(Page)), $"the tables have other rows than the tests: run this test with {WriteVariable}=1 and review the page");
    }

    [Fact]
    public void Its_promises_name_tests_that_are_there()
    {
        HashSet<string> classes = [.. typeof(SecurityPageTests).Assembly.GetTypes().Select(type => type.Name)];
        string[] named = [.. File.ReadLines(Page).SelectMany(line => line.Split('`').Where((_, index) => index % 2 == 1)).Where(word => word.EndsWith("Tests", StringComparison.Ordinal))];
        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.Contains(name, classes));
    }

    private const string Begin = "<!-- begin: hostile input -->";
    private const string End = "<!-- end: hostile input -->";

    private static IEnumerable<string> Tables()
    {
        yield return Begin;
        foreach ((string title, HostileRow[] rows) in HostileTable.Areas)
        {
            yield return "";
            yield return $"### {title}";
            yield return "";
            yield return "| entry point | input | what becomes of it | weakness |";
            yield return "|---|---|---|---|";
            foreach (string line in Lines(rows))
            {
                yield return line;
            }
        }

        yield return "";
    }

    // Rows that differ in their entry point alone are one line.
    private static IEnumerable<string> Lines(HostileRow[] rows) =>
        from row in rows
        group row.Entry by (row.Input, row.Error, row.Says, row.Weakness) into same
        let outcome = same.Key.Error is null ? same.Key.Says : Outcome(same.Key.Error, same.Key.Says)
        select $"| {string.Join(", ", same.Distinct().Select(entry => $"`{entry}`"))} | {Cell(same.Key.Input)} | {Cell(outcome)} | {Cell(same.Key.Weakness)} |";

    private static string Outcome(Type error, string says) => says.Length == 0 ? $"`{error.Name}`" : $"`{error.Name}`: {says}";

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
