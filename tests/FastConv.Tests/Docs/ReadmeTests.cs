using System.Runtime.CompilerServices;
using FastConv.Data;
using FastConv.Layers;
using FastConv.Losses;
using FastConv.Optimizers;
using FastConv.Tests.Cases;
using FastConv.Training;

namespace FastConv.Tests.Docs;

/// <summary>The README's program is the one below, and it trains.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void Its_program_trains() => Assert.InRange(Program().Epochs[^1].Validation!.Value.Accuracy, 0.9, 1);

    [Fact]
    public void Its_program_is_the_one_that_is_tested()
    {
        string[] source = File.ReadAllLines(ThisFile());
        string[] tested = [.. source.Select(line => line.Trim()).SkipWhile(line => line != "// begin").Skip(1).TakeWhile(line => line != "// end")];
        string[] readme = File.ReadAllLines(Path.Combine(RepositoryRoot.Path, "README.md"));
        string[] shown =
        [
            .. readme.SkipWhile(line => line != "```csharp").Skip(1).TakeWhile(line => line != "```")
                .Where(line => line.Length > 0 && !line.StartsWith("using ", StringComparison.Ordinal)).Select(line => line.Trim()),
        ];
        Assert.Equal(tested, shown);
    }

    private static TrainingResult Program()
    {
        // begin
        SyntheticDigits digits = SyntheticDigits.Load("train");
        var model = new Sequential(
            new Conv2d(1, 16, kernelSize: 3, padding: 1), new ReLU(), new MaxPool2d(2),
            new Conv2d(16, 32, kernelSize: 3, padding: 1), new ReLU(), new MaxPool2d(2),
            new Flatten(), new Linear(32 * 7 * 7, 10));
        model.Initialize(seed: 1);
        var trainer = new Trainer(model, new CrossEntropyLoss(), new Adam(model.Parameters, learningRate: 2e-3));
        TrainingResult result = trainer.Fit(new DataLoader(digits, batchSize: 32, shuffle: true, seed: 1), SyntheticDigits.Load("test"));
        Console.WriteLine($"accuracy {result.Epochs[^1].Validation?.Accuracy:P1}");
        // end
        return result;
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
