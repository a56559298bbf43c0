using FastConv.Cli;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Cli;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("", "train")]
    [InlineData("--help", "train")]
    [InlineData("bench", "gemm")]
    [InlineData("bench gemm --help", "--seconds")]
    [InlineData("train --help", "--learning-rate")]
    [InlineData("summary -h", "--model")]
    public async Task Help_is_shown_when_asked_for_and_where_a_command_only_holds_others(string line, string expected)
    {
        CommandRun run = await CommandRun.Run(Words(line));
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(expected, run.Output);
        Assert.DoesNotContain("{", run.Output);
        Assert.Equal("", run.Error);
    }

    [Theory]
    [InlineData("trayn", "'trayn'", "(did you mean 'train'?)")]
    [InlineData("summery", "'summery'", "(did you mean 'summary'?)")]
    [InlineData("something", "'something'", "'fastconv --help'")]
    [InlineData("--epochs 3", "'--epochs'", "'fastconv --help'")]
    [InlineData("train --epoch 3", "'--epoch'", "(did you mean '--epochs'?)")]
    [InlineData("train extra", "'extra'", "'fastconv train --help'")]
    [InlineData("bench gem", "'gem'", "(did you mean 'gemm'?)")]
    [InlineData("@file", "'@file'", "fastconv")]
    public async Task Unknown_words_are_refused_with_the_nearest_known_one(string line, string word, string hint) =>
        (await CommandRun.Run(Words(line))).AssertRefused(word, hint);

    [Theory]
    [InlineData("train --epochs", "--epochs")]
    [InlineData("train --epochs 0", "--epochs expects a whole number of at least 1, received '0'")]
    [InlineData("train --epochs -3", "--epochs expects a whole number of at least 1, received '-3'")]
    [InlineData("train --epochs 1.5", "received '1.5'")]
    [InlineData("train --epochs many", "received 'many'")]
    [InlineData("train --epochs 99999999999", "received '99999999999'")]
    [InlineData("train --epochs 1 --epochs 2", "--epochs")]
    [InlineData("train --batch 0", "--batch expects")]
    [InlineData("train --steps 0", "--steps expects")]
    [InlineData("train --samples 0", "--samples expects")]
    [InlineData("train --test-samples 0", "--test-samples expects")]
    [InlineData("train --evaluate-every 0", "--evaluate-every expects")]
    [InlineData("train --validation -1", "--validation expects a whole number of at least 0")]
    [InlineData("train --learning-rate NaN", "--learning-rate expects a finite number above 0, received 'NaN'")]
    [InlineData("train --learning-rate 0", "--learning-rate expects")]
    [InlineData("train --learning-rate -0.1", "--learning-rate expects")]
    [InlineData("train --learning-rate Infinity", "--learning-rate expects")]
    [InlineData("train --learning-rate 0,1", "--learning-rate expects")]
    [InlineData("train --seed x", "--seed expects a whole number, received 'x'")]
    [InlineData("train --threads 0", "--threads expects a whole number from 1 to")]
    [InlineData("train --threads 100000", "--threads expects")]
    [InlineData("train --model lenett", "there is no model 'lenett' (did you mean 'lenet'?); known are lenet, lenet5, minimal, catdog, mlp, vgg, resnet20")]
    [InlineData("summary --model transformer", "there is no model 'transformer'; known are lenet")]
    [InlineData("train --optimizer adm", "there is no optimizer 'adm' (did you mean 'adam'?); known are sgd")]
    [InlineData("bench gemm --size 0", "--size expects")]
    [InlineData("bench gemm --size 1000000", "--size expects")]
    [InlineData("bench gemm --threads 0", "--threads expects")]
    [InlineData("bench gemm --seconds NaN", "--seconds expects")]
    [InlineData("bench gemm --seconds -1", "--seconds expects")]
    public async Task Bad_values_are_refused(string line, string expected) => (await CommandRun.Run(Words(line))).AssertRefused(expected);

    [Theory]
    [InlineData("fastconv tr", "train")]
    [InlineData("fastconv train --mod", "--model")]
    [InlineData("fastconv train --model resnet", "resnet20 resnet9")]
    [InlineData("fastconv train --optimizer ada", "adagrad adam adamw")]
    [InlineData("fastconv train --schedule OneC", "OneCycle")]
    [InlineData("fastconv train --augment Cut", "Cutout")]
    public async Task A_word_completes_itself(string line, string expected)
    {
        CommandRun run = await CommandRun.Run($"[suggest:{line.Length}]", line);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(Words(expected), run.Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("lenett", "lenet")]
    [InlineData("LENT", "lenet")]
    [InlineData("lenet55", "lenet5")]
    [InlineData("mpl", null)]
    [InlineData("xyz", null)]
    [InlineData("", null)]
    public void A_name_is_suggested_where_one_is_near(string typed, string? expected) =>
        Assert.Equal(expected is null ? "" : $" (did you mean '{expected}'?)", NearestName.Suggest(typed, ["lenet", "lenet5", "mlp"]));

    [Fact]
    public void Messages_are_one_line_without_what_only_programmers_can_use()
    {
        Assert.Equal("no good Actual value was 3", CommandLineError.Describe(new ArgumentOutOfRangeException("count", 3, "no good")));
        Assert.Equal("wrong file", CommandLineError.Describe(new InvalidDataException("wrong file.\r\n")));
        Assert.DoesNotContain("Exception", CommandLineError.Describe(new InsufficientMemoryException()));
    }

    [Fact]
    public void Defects_are_not_taken_for_mistakes_of_the_user()
    {
        Assert.False(CommandLineError.IsExpected(new InvalidOperationException()));
        Assert.False(CommandLineError.IsExpected(new NotSupportedException()));
    }

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
