using System.CommandLine;
using FastConv.Cli.Input;
using FastConv.Cli.Models;
using FastConv.Cli.Runs;
using FastConv.Data;
using FastConv.Losses;
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
    private readonly Option<string?> _optimizer = ValueOptions.Named(
        "--optimizer",
        "optimizer",
        $"One of {string.Join(", ", Optimizer.Names)}",
        Optimizer.Names,
        asked => Optimizer.Names.FirstOrDefault(name => name.Equals(asked, StringComparison.OrdinalIgnoreCase)));
    private readonly Option<ScheduleName?> _schedule = new("--schedule") { Description = "How the learning rate goes on: Constant, Linear, Cosine or OneCycle", HelpName = "NAME" };
    private readonly Option<Augmentation?> _augment = new("--augment") { Description = "What is done to training samples at random: None, or some of Flip,Crop,Cutout,MixUp", HelpName = "NAMES" };
    private readonly Option<double?> _weightDecay = ValueOptions.Positive("--weight-decay", "How much weights shrink (the optimizer's own)");
    private readonly Option<double?> _clipNorm = ValueOptions.Positive("--clip-norm", "The longest that all gradients together may be");
    private readonly Option<double?> _average = ValueOptions.Positive("--ema", "Average the weights, with this weight of the past, say 0.999");
    private readonly Option<int?> _patience = ValueOptions.Whole("--patience", "Epochs without improvement on the validation samples after which training ends", 1, int.MaxValue);
    private readonly Option<bool> _keepBest = new("--keep-best") { Description = "End with the weights of the best epoch instead of the last" };
    private readonly Option<int?> _workers = ValueOptions.Whole("--workers", "Threads that read samples ahead (one where reading takes work)", 0, DataLoader.MaxWorkers);
    private readonly Option<int?> _checkpointEvery = ValueOptions.Whole("--checkpoint-every", "Batches from one checkpoint to the next, besides those after epochs", 1, int.MaxValue);
    private readonly Option<string?> _classNames = new("--class-names") { Description = "What the classes are called, from the first on", HelpName = "NAME,NAME,..." };
    private readonly Option<string?> _resume = ValueOptions.Path("--resume", "FOLDER", "Continue the run of this folder, or of a file in it, where its last checkpoint left off");
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
            options._model, .. options._data.ForTraining, options._epochs, options._steps, options._batch, options._learningRate, options._schedule, options._optimizer,
            options._weightDecay, options._clipNorm, options._average, options._patience, options._keepBest, options._augment, options._seed, options._threads, options._workers,
            options._resume, options._checkpointEvery, options._classNames, options._strict, options._samples, options._testSamples, options._validation, options._evaluateEvery, options._output, options._plot,
            options._quiet, options._json,
        ];
        foreach (Option option in all)
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellationToken) =>
        {
            TrainRun.Run(parsed.GetValue(options._resume) is { } run ? options.Resumed(parsed, run, all) : options.Request(parsed), terminal, cancellationToken);
            return Task.FromResult(ExitCode.Success);
        });
        return command;
    }

    private TrainRequest Request(ParseResult parsed)
    {
        ModelRecipe model = parsed.GetValue(_model) ?? ModelRegistry.Default;
        DataSource source = _data.Source(parsed);
        Augmentation augmentation = parsed.GetValue(_augment) ?? (source is DataSource.Drawn ? Augmentation.None : model.Augmentation);
        if (augmentation.HasFlag(Augmentation.MixUp) && model.CreateLoss() is BceLoss)
        {
            throw new CommandLineException($"--augment MixUp mixes classes, the model '{model.Name}' has one output and takes no mixture");
        }

        string optimizer = parsed.GetValue(_optimizer) ?? model.Optimizer;
        return new TrainRequest
        {
            Model = model,
            Source = source,
            Epochs = parsed.GetValue(_epochs) ?? (source is DataSource.Drawn ? model.DrawnEpochs : null) ?? model.Epochs,
            BatchSize = parsed.GetValue(_batch) ?? model.BatchSize,
            LearningRate = parsed.GetValue(_learningRate) ?? model.LearningRate,
            Optimizer = optimizer,
            Schedule = parsed.GetValue(_schedule) ?? model.Schedule,
            Augmentation = augmentation,
            WeightDecay = parsed.GetValue(_weightDecay) ?? (optimizer == model.Optimizer ? model.WeightDecay : null),
            ClipNorm = parsed.GetValue(_clipNorm),
            AverageDecay = parsed.GetValue(_average),
            Patience = parsed.GetValue(_patience),
            KeepBest = parsed.GetValue(_keepBest),
            Workers = parsed.GetValue(_workers),
            StrictImages = _data.StrictImages(parsed),
            CheckpointEverySteps = parsed.GetValue(_checkpointEvery),
            ClassNames = parsed.GetValue(_classNames)?.Split(',', StringSplitOptions.TrimEntries),
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

    // What a run is made of stays as it was, or its bits would not be those of an uninterrupted one.
    private TrainRequest Resumed(ParseResult parsed, string run, IEnumerable<Option> all)
    {
        Option[] free = [_resume, _epochs, _steps, _threads, _workers, _plot, _quiet, _json];
        if (all.Except(free).FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } other)
        {
            throw new CommandLineException($"{other.Name} cannot be changed by --resume, which takes {string.Join(", ", free.Skip(1).Select(option => option.Name))}");
        }

        TrainRequest request = RunConfig.Read(RunFolder.Open(run).Config).Request;
        return request with
        {
            ResumePath = run,
            Epochs = parsed.GetValue(_epochs) ?? request.Epochs,
            Steps = parsed.GetValue(_steps) ?? request.Steps,
            Threads = parsed.GetValue(_threads) ?? Math.Min(request.Threads, ThreadSettings.Limit),
            Workers = parsed.GetValue(_workers) ?? request.Workers,
            PlotPath = PlotPath(parsed),
            Quiet = parsed.GetValue(_quiet),
            Json = parsed.GetValue(_json),
        };
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
