using System.Diagnostics;
using System.IO.Compression;
using FastConv.Cli.Page;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Cli;

[Collection(ThreadCases.Collection)]
public sealed class ReportPageTests : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_page_needs_no_other_file_and_tells_everything()
    {
        string page = await File.ReadAllTextAsync(await Train());
        Assert.DoesNotContain("http://", page.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal));
        Assert.DoesNotContain("https://", page);
        Assert.DoesNotContain("<link rel=\"stylesheet\"", page);
        foreach (string part in (ReadOnlySpan<string>)["Training curves", "Confusion matrix", "&lt;b&gt;", "data:image/png;base64,", "instruction set", "config.json", "prefers-color-scheme: dark"])
        {
            Assert.Contains(part, page);
        }

        Assert.DoesNotContain("<b><b>", page);
        Assert.DoesNotContain("NaN", page);
    }

    [Theory]
    [InlineData("20", true)]
    [InlineData("0", false)]
    public async Task Validation_is_shown_where_there_was_some(string samples, bool isShown)
    {
        string page = await File.ReadAllTextAsync(await Train("--validation", samples));
        foreach (string part in (ReadOnlySpan<string>)["<th scope=\"col\">validation loss", ">validation</text>", "on the validation samples"])
        {
            Assert.Equal(isShown, page.Contains(part, StringComparison.Ordinal));
        }
    }

    [ChromiumFact]
    public async Task A_browser_shows_curves_and_matrix_without_an_error()
    {
        using var profile = new TemporaryFolder();
        var start = new ProcessStartInfo(ChromiumFactAttribute.Browser)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
                "--disable-sync", "--enable-logging=stderr", $"--user-data-dir={profile.Path}", "--dump-dom", new Uri(await Train()).AbsoluteUri,
            },
        };
        using Process browser = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(Longest);
        Task<string> errors = browser.StandardError.ReadToEndAsync(deadline.Token);
        string shown = await browser.StandardOutput.ReadToEndAsync(deadline.Token);
        await browser.WaitForExitAsync(deadline.Token);
        Assert.Equal(0, browser.ExitCode);
        Assert.Equal(4, Count(shown, "<polyline class=\"curve\""));
        Assert.Equal(100, Count(shown, "<rect class=\"share\""));

        // What the script adds once it has understood the curves.
        Assert.Contains("<div class=\"tip\"", shown);
        Assert.DoesNotContain("CONSOLE", await errors);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_picture_is_written_as_the_format_says(int channels)
    {
        byte[] pixels = [.. Enumerable.Range(0, 5 * 4 * channels).Select(index => (byte)(index * 7))];
        byte[] file = PngWriter.Encode(5, 4, channels, pixels);
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13], file[..12]);
        Assert.Equal([0, 0, 0, 5, 0, 0, 0, 4, 8, (byte)(channels == 1 ? 0 : 2), 0, 0, 0], file[16..29]);

        // The checksum of an empty end is in the format's own examples.
        Assert.Equal([0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82], file[^12..]);
        using var data = new ZLibStream(new MemoryStream(file[41..^16]), CompressionMode.Decompress);
        byte[] rows = new byte[4 * (1 + 5 * channels)];
        data.ReadExactly(rows);
        Assert.Equal(pixels, rows.Chunk(1 + 5 * channels).SelectMany(row => row.Skip(1)));
    }

    private async Task<string> Train(params string[] more)
    {
        string run = _folder["run"];
        CommandRun trained = await CommandRun.Run(
            ["train", "--model", "mlp", "--samples", "200", "--test-samples", "60", "--epochs", "2", "--class-names", "<b>,one", "--output", run, .. more]);
        Assert.Equal((0, ""), (trained.ExitCode, trained.Error));
        return Path.Combine(run, "report.html");
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
