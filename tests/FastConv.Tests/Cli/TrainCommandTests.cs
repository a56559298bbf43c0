using System.Text.Json;
using FastConv.Parallelism;
using FastConv.Simd;
using FastConv.Tests.Cases;
using Spectre.Console;

namespace FastConv.Tests.Cli;

[Collection(ThreadCases.Collection)]
public sealed class TrainCommandTests
{
    private static readonly string[] Tiny = ["train", "--model", "minimal", "--samples", "60", "--test-samples", "20", "--epochs", "1"];

    [Theory]
    [InlineData("lenet", "48")]
    [InlineData("lenet5", "48")]
    [InlineData("minimal", "48")]
    [InlineData("mlp", "48")]
    [InlineData("catdog", "4")]
    [InlineData("vgg", "16")]
    [InlineData("resnet20", "16")]
    [InlineData("resnet9", "16")]
    [InlineData("mobilenet-small", "16")]
    public async Task Every_model_trains_and_ends_with_one_line_of_json(string model, string samples)
    {
        int before = ThreadSettings.MaxThreads;
        CommandRun run = await CommandRun.Run(
            "train", "--model", model, "--samples", samples, "--test-samples", samples, "--epochs", "1", "--batch", "16", "--threads", "2", "--seed", "7", "--json");
        JsonElement report = run.Json();
        Assert.Equal(
            ["model", "dataset", "epochs", "testAccuracy", "testLoss", "seconds", "imagesPerSecond", "seed", "threads", "instructionSet", "output"],
            report.EnumerateObject().Select(property => property.Name));
        Assert.Equal(model, report.GetProperty("model").GetString());
        Assert.Equal("synthetic digits", report.GetProperty("dataset").GetString());
        Assert.Equal(1, report.GetProperty("epochs").GetInt32());
        Assert.InRange(report.GetProperty("testAccuracy").GetDouble(), 0, 1);
        Assert.InRange(report.GetProperty("testLoss").GetDouble(), 0, 100);
        Assert.InRange(report.GetProperty("seconds").GetDouble(), 1e-6, 600);
        Assert.InRange(report.GetProperty("imagesPerSecond").GetDouble(), 1e-6, 1e9);
        Assert.Equal(7, report.GetProperty("seed").GetInt64());
        Assert.Equal(2, report.GetProperty("threads").GetInt32());
        Assert.Equal(MachineLimits.InstructionSet, report.GetProperty("instructionSet").GetString());
        Assert.Contains("epoch 1/1", run.Error);
        Assert.Equal(before, ThreadSettings.MaxThreads);
    }

    [Fact]
    public async Task Without_json_everything_is_on_the_output_and_ends_with_the_test()
    {
        CommandRun run = await CommandRun.Run(Tiny);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        string[] lines = run.Output.TrimEnd('\n').Split('\n');
        Assert.StartsWith("minimal: 544 parameters, sgd at 0.1, batches of 16", lines[0]);
        Assert.Equal("synthetic digits: 54 samples to learn from, 6 for validation, 20 to test", lines[1]);
        Assert.StartsWith("epoch 1/1  loss ", lines[2]);
        Assert.StartsWith("report: ", lines[3]);
        Assert.StartsWith("test accuracy ", lines[4]);
        Assert.Equal(5, lines.Length);
    }

    [Fact]
    public async Task Options_go_before_the_recipe()
    {
        CommandRun run = await CommandRun.Run([.. Tiny, "--batch", "9", "--learning-rate", "0.5", "--optimizer", "AdaGrad", "--validation", "0", "--steps", "2"]);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("adagrad at 0.5, batches of 9,", run.Output);
        Assert.Contains("60 samples to learn from, 20 to test", run.Output);
        Assert.DoesNotContain("validation", run.Output);
    }

    [Fact]
    public async Task Validation_is_measured_as_often_as_asked_for()
    {
        CommandRun run = await CommandRun.Run([.. Tiny, "--batch", "9", "--evaluate-every", "2"]);
        Assert.Contains("epoch 1/1  step 2/6  loss", run.Output);
        Assert.Contains("epoch 1/1  step 4/6  loss", run.Output);
        Assert.DoesNotContain("step 3/6", run.Output);
    }

    [Fact]
    public async Task Results_follow_from_the_seed_and_not_from_the_threads()
    {
        string[] lenet = ["train", "--samples", "40", "--test-samples", "20", "--epochs", "1", "--batch", "20", "--json"];
        double one = await Loss("1", "1");
        Assert.Equal(one, await Loss("1", "2"));
        Assert.NotEqual(one, await Loss("2", "2"));

        async Task<double> Loss(string seed, string threads) =>
            (await CommandRun.Run([.. lenet, "--seed", seed, "--threads", threads])).Json().GetProperty("testLoss").GetDouble();
    }

    [Fact]
    public async Task A_learning_rate_that_blows_up_is_told_in_one_line() =>
        (await CommandRun.Run([.. Tiny, "--learning-rate", "1e30", "--json"])).AssertRefusedAfterProgress("loss", "learning rate");

    [Fact]
    public async Task It_stops_between_steps_when_told_to()
    {
        using var stop = new CancellationTokenSource();
        using var output = new StoppingWriter(stop);
        CommandRun run = await CommandRun.Run(output, live: null, stop.Token, [.. Tiny[..^1], "1000000"]);
        Assert.Equal(130, run.ExitCode);
        Assert.StartsWith("fastconv: stopped; continue with: fastconv train --resume ", run.Error);
        Assert.Contains("epoch       1/1000000", run.Output);
        Assert.DoesNotContain("test accuracy", run.Output);
    }

    [Fact]
    public async Task A_screen_shows_a_bar_that_gives_way_to_lines()
    {
        using var output = new StringWriter();
        IAnsiConsole live = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.TrueColor,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(output),
        });
        live.Profile.Width = 120;
        CommandRun run = await CommandRun.Run(output, live, CancellationToken.None, [.. Tiny[..^1], "2"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("━", run.Output);
        Assert.Contains("epoch 2/2  loss", run.Output);
        Assert.Contains("test accuracy", run.Output);
        Assert.True(run.Output.LastIndexOf('━') < run.Output.IndexOf("test accuracy", StringComparison.Ordinal));
    }

    /// <summary>Asks for the end as soon as an epoch has been reported.</summary>
    private sealed class StoppingWriter(CancellationTokenSource stop) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value?.StartsWith("epoch", StringComparison.Ordinal) == true)
            {
                stop.Cancel();
            }
        }
    }
}
