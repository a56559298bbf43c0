using System.CommandLine;
using FastConv.Cli.Input;
using FastConv.Cli.Models;
using FastConv.Optimizers;
using FastConv.Parallelism;
using FastConv.Primitives;

namespace FastConv.Cli.Commands;

/// <summary><c>fastconv train</c>: its options, and what they ask for.</summary>
internal sealed class TrainCommand
{
    private readonly Option<ModelRecipe?> _model = ModelOption.Create();
    private readonly DataOptions _data = new();
    private readonly Option<int?> _epochs = ValueOptions.Whole("--epochs", "Passes over the training samples", 1, int.MaxValue);
    private readonly Option<int?> _steps = ValueOptions.Whole("--steps", "Batches after which training ends, even within an epoch", 1, int.MaxValue);
    private readonly Option<int?> _batch = ValueOptions.Whole("--batch", "Samples a batch", 1, int.MaxValue);
    private readonly Option<double?> _learningRate = ValueOptions.Positive("--learning-rate", "How far a step goes");
    private readonly Option<string?> _optimizer = new("--optimizer") { Description = $"One of {string.Join(", ", Optimizer.Names)}", HelpName = "NAME" };
    private readonly Option<long?> _seed = ValueOptions.Whole("--seed", $"Of the starting weights and of the order of samples ({ModelRecipe.DefaultSeed})", long.MinValue, long.MaxValue);
    private readonly Option<int?> _threads = ValueOptions.Whole("--threads", "The most threads; results do not depend on it", 1, ThreadSettings.Limit);
    private readonly Option<bool> _strict = new("--strict") { Description = "Convolutions as plain sums, without Winograd" };
    private readonly Option<int?> _samples = ValueOptions.Whole("--samples", "The most training samples", 1, int.MaxValue);
    private readonly Option<int?> _testSamples = ValueOptions.Whole("--test-samples", "The most test samples", 1, int.MaxValue);
    private readonly Option<int?> _validation = ValueOptions.Whole("--validation", "Training samples held out to watch training with (a tenth, 5000 at most)", 0, int.MaxValue);
    private readonly Option<int?> _evaluateEvery = ValueOptions.Whole("--evaluate-every", "Batches from one look at the validation samples to the next, besides one an epoch", 1, int.MaxValue);
    private readonly Option<string?> _plot = ValueOptions.Path("--plot", "FILE.svg", "Draw the training curves");
    private readonly Option<string?> _output = ValueOptions.Path("--output", "FOLDER", "The folder for configuration, metrics, weights and report (runs/ and the time)");
    private readonly Option<bool> _quiet = new("--quiet") { Description = "Only the result, without progress" };
    private readonly Option<bool> _json = ValueOptions.Json();

    private TrainCommand()
    {
    }

    public static Command Create(Terminal terminal)
    {
        var options = new TrainCommand();
        var command = new Command("train", "Train a network and test it; without options, a small LeNet on digits that the program draws. What is not given comes from the model (see summary).");
        IEnumerable<Option> all =
        [
            options._model, .. options._data.ForTraining, options._epochs, options._steps, options._batch, options._learningRate, options._optimizer, options._seed,
            options._threads, options._strict, options._samples, options._testSamples, options._validation, options._evaluateEvery, options._output, options._plot,
            options._quiet, options._json,
        ];
        foreach (Option option in all)
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellationToken) =>
        {
            TrainRun.Run(options.Request(parsed), terminal, cancellationToken);
            return Task.FromResult(ExitCode.Success);
        });
        return command;
    }

    private TrainRequest Request(ParseResult parsed)
    {
        ModelRecipe model = parsed.GetValue(_model) ?? ModelRegistry.Default;
        DataSource source = _data.Source(parsed);
        return new TrainRequest
        {
            Model = model,
            Source = source,
            Epochs = parsed.GetValue(_epochs) ?? (source is DataSource.Drawn ? model.DrawnEpochs : null) ?? model.Epochs,
            BatchSize = parsed.GetValue(_batch) ?? model.BatchSize,
            LearningRate = parsed.GetValue(_learningRate) ?? model.LearningRate,
            Optimizer = OptimizerName(parsed) ?? model.Optimizer,
            Seed = parsed.GetValue(_seed) ?? ModelRecipe.DefaultSeed,
            Threads = parsed.GetValue(_threads) ?? ThreadSettings.MaxThreads,
            Precision = parsed.GetValue(_strict) ? ConvolutionPrecision.Strict : ConvolutionPrecision.Default,
            Samples = parsed.GetValue(_samples),
            TestSamples = parsed.GetValue(_testSamples),
            ValidationSamples = parsed.GetValue(_validation),
            Steps = parsed.GetValue(_steps),
            EvaluateEverySteps = parsed.GetValue(_evaluateEvery) ?? model.EvaluateEverySteps,
            OutputPath = parsed.GetValue(_output),
            PlotPath = PlotPath(parsed),
            Quiet = parsed.GetValue(_quiet),
            Json = parsed.GetValue(_json),
        };
    }

    private string? OptimizerName(ParseResult parsed)
    {
        if (parsed.GetValue(_optimizer) is not { } asked)
        {
            return null;
        }

        return Optimizer.Names.FirstOrDefault(name => name.Equals(asked, StringComparison.OrdinalIgnoreCase))
            ?? throw new CommandLineException($"there is no optimizer '{asked}'{NearestName.Suggest(asked, Optimizer.Names)}; known are {string.Join(", ", Optimizer.Names)}");
    }

    // Looked at before training: a path that cannot be written should not cost an hour.
    private string? PlotPath(ParseResult parsed)
    {
        string? path = parsed.GetValue(_plot);
        if (path is null)
        {
            return null;
        }

        if (!Path.GetExtension(path).Equals(".svg", StringComparison.OrdinalIgnoreCase))
        {
            throw new CommandLineException($"--plot writes SVG: expected a file name that ends in .svg, received '{path}'");
        }

        if (Directory.Exists(path))
        {
            throw new CommandLineException($"--plot expects a file name, '{path}' is a folder");
        }

        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return Directory.Exists(folder) ? path : throw new DirectoryNotFoundException($"--plot: there is no folder '{folder}'");
    }
}
