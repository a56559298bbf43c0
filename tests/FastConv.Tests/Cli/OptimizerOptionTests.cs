using FastConv.Cli.Runs;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Cli;

/// <summary>Every optimiser and schedule by its name.</summary>
[Collection(ThreadCases.Collection)]
public sealed class OptimizerOptionTests
{
    [Theory]
    [InlineData("sgd", "Constant", "")]
    [InlineData("momentum", "Linear", " falling to 0")]
    [InlineData("adagrad", "Cosine", " falling to 0 along a cosine")]
    [InlineData("rmsprop", "OneCycle", " at the top of one cycle")]
    [InlineData("adam", "Linear", " falling to 0")]
    [InlineData("adamw", "Linear", " falling to 0")]
    public async Task An_optimizer_takes_weight_decay_and_a_schedule(string optimizer, string schedule, string words)
    {
        CommandRun run = await CommandRun.Run(
            "train", "--model", "minimal", "--samples", "20", "--test-samples", "5", "--steps", "1", "--optimizer", optimizer, "--schedule", schedule, "--weight-decay", "0.01", "--clip-norm", "1");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(words, run.Error + run.Output);
        Assert.Contains(optimizer, run.Error + run.Output);
    }

    [Theory]
    [InlineData("", 0.05)]
    [InlineData("--weight-decay 0.01", 0.01)]
    [InlineData("--optimizer adamw", 0.05)]
    [InlineData("--optimizer momentum", null)]
    public async Task A_recipes_weight_decay_is_for_its_optimizer(string more, double? expected)
    {
        using var folder = new TemporaryFolder();
        string[] options = [.. more.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--output", folder["run"]];
        CommandRun run = await CommandRun.Run(["train", "--model", "resnet9", "--samples", "4", "--test-samples", "2", "--batch", "2", "--steps", "1", .. options]);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(expected, RunConfig.Read(folder["run/config.json"]).Request.WeightDecay);
    }
}
