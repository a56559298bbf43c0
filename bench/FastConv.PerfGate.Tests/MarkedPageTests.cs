using FastConv.Benchmarks.Report;

namespace FastConv.PerfGate.Tests;

public sealed class MarkedPageTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Fills_between_the_marks_and_leaves_the_rest()
    {
        File.WriteAllText(_path, "before\n<!-- begin: a -->\nold\n<!-- end: a -->\nafter\n");
        var page = new MarkedPage(_path);
        page.Fill("a", "first");
        page.Fill("a", "second\n");
        page.Save();
        Assert.Equal("before\n<!-- begin: a -->\n\nsecond\n\n<!-- end: a -->\nafter\n", File.ReadAllText(_path));
    }

    [Theory]
    [InlineData("<!-- begin: a -->")]
    [InlineData("<!-- end: a --> <!-- begin: a -->")]
    [InlineData("<!-- begin: b --> <!-- end: b -->")]
    public void Refuses_a_page_without_the_place(string text)
    {
        File.WriteAllText(_path, text);
        var exception = Assert.Throws<InvalidDataException>(() => new MarkedPage(_path).Fill("a", "x"));
        Assert.Contains("begin: a", exception.Message, StringComparison.Ordinal);
    }
}
