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
}
