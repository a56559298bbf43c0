using System.Diagnostics;
using System.Globalization;
using FastConv.Cli;
using FastConv.Cli.Runs;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Cli;

/// <summary>Ctrl-C, sent to the command as it runs.</summary>
[Collection(ThreadCases.Collection)]
public sealed class InterruptedProcessTests : IDisposable
{
    private const int LongestSeconds = 60;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [InterruptFact]
    public async Task It_saves_says_how_to_go_on_and_that_works()
    {
        string run = _folder["run"];
        using Process process = OwnProcess.StartAssembly(
            typeof(ExitCode).Assembly, "train", "--model", "minimal", "--samples", "2000", "--test-samples", "20", "--epochs", "20000", "--output", run);
        string? line;
        do
        {
            line = await process.StandardOutput.ReadLineAsync();
        }
        while (line is not null && !line.Contains("images/s", StringComparison.Ordinal));

        Assert.NotNull(line);
        using (Process kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }

        Task<string> rest = process.StandardOutput.ReadToEndAsync();
        string error = await process.StandardError.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(LongestSeconds));
        await rest;
        await process.WaitForExitAsync();
        Assert.Equal((ExitCode.Interrupted, $"fastconv: stopped; continue with: fastconv train --resume {run}\n"), (process.ExitCode, error));

        int epochs = RunLog.Read(Path.Combine(run, "metrics.jsonl")).Last().Epoch + 1;
        CommandRun resumed = await CommandRun.Run("train", "--resume", run, "--epochs", $"{epochs}", "--json");
        Assert.Equal((0, epochs), (resumed.ExitCode, resumed.Json().GetProperty("epochs").GetInt32()));
    }
}
