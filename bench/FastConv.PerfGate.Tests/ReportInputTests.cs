using FastConv.Benchmarks.Report;

namespace FastConv.PerfGate.Tests;

public sealed class ReportInputTests : IDisposable
{
    private const string Step = """
        "kind": "step", "name": "lenet", "pass": "train", "threads": 1, "batch": 64, "peer": "torch", "fastconvMs": 2.0, "peerMs": 5.0, "ratio": 2.5,
        "fastconvMedianMs": 2.5, "rounds": 9
        """;

    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Knows_a_file_by_its_rows()
    {
        File.WriteAllText(_path, $"[{{{Step}}}]");
        var input = new ReportInput();
        input.Add(_path);
        Assert.Equal("lenet", Assert.Single(input.Steps).Name);
        Assert.Empty(input.Peers);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("[{\"kind\": \"step\"}]")]
    [InlineData("no JSON")]
    public void Refuses_other_files_by_name(string text)
    {
        File.WriteAllText(_path, text);
        var exception = Assert.Throws<InvalidDataException>(() => new ReportInput().Add(_path));
        Assert.StartsWith(_path, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_row_without_a_time()
    {
        File.WriteAllText(_path, $"[{{{Step.Replace("\"fastconvMs\": 2.0", "\"fastconvMs\": 0", StringComparison.Ordinal)}}}]");
        Assert.Contains("row 1", Assert.Throws<InvalidDataException>(() => new ReportInput().Add(_path)).Message, StringComparison.Ordinal);
    }
}
