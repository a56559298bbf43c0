using System.Diagnostics;
using System.Globalization;
using FastConv.Interchange;
using FastConv.Tests.Cases;
using Xunit.Abstractions;

namespace FastConv.Tests.Training;

public sealed class KilledTrainingTests(ITestOutputHelper output) : IDisposable
{
    private const int Kills = 20;
    private const int LongestMilliseconds = 60;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_training_that_is_killed_twenty_times_has_a_whole_checkpoint_each_time_and_ends_with_the_same_bits()
    {
        string path = _folder["x.safetensors"];
        var random = new Random(1);
        int step = 0;
        int unfinished = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            // Every step is saved, so that most kills come while a file is written, or every ninth, so that most come while it is not.
            int announced = TrainAndKill(path, everySteps: kill % 2 == 0 ? 1 : 9, random.Next(LongestMilliseconds));
            using SafetensorsFile file = SafetensorsFile.Open(path);
            int saved = int.Parse(
                file.Metadata["training"].Split("\"step\":")[^1].Split(',')[0], CultureInfo.InvariantCulture);
            Assert.InRange(saved, Math.Max(announced, step), announced + 9);
            Assert.True(saved > step, "every process goes on and saves");
            step = saved;
            unfinished += Directory.GetFiles(_folder.Path).Length - 1;
        }

        output.WriteLine($"{step} steps, {unfinished} of {Kills} kills left an unfinished file beside the checkpoint");
        float[] resumed = EndlessTraining.Fit(path, everySteps: 1000, step + 5);
        float[] uninterrupted = EndlessTraining.Fit(_folder["whole"], everySteps: 100_000, step + 5);
        TestTensors.AssertSameBits(uninterrupted, resumed);
        Assert.Equal(2, Directory.GetFiles(_folder.Path).Length);
    }

    // The last step that the process has called saved.
    private static int TrainAndKill(string path, int everySteps, int milliseconds)
    {
        using Process process = OwnProcess.Start(Program.Train, path, everySteps.ToString(CultureInfo.InvariantCulture));
        string? line = process.StandardOutput.ReadLine();
        Thread.Sleep(milliseconds);
        process.Kill();
        int announced = -1;
        for (; line is not null; line = process.StandardOutput.ReadLine())
        {
            // The kill may cut the last line short.
            announced = int.TryParse(line, CultureInfo.InvariantCulture, out int step) ? Math.Max(announced, step) : announced;
        }

        process.WaitForExit();
        Assert.True(announced > 0, "the process ended before it saved anything");
        return announced;
    }
}
