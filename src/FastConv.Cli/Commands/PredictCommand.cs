using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using FastConv.Cli.Input;
using FastConv.Cli.Models;
using FastConv.Cli.Reports;
using FastConv.Cli.Review;
using FastConv.Cli.Runs;
using FastConv.Data;
using FastConv.Imaging;
using FastConv.Layers;
using FastConv.Losses;
using FastConv.Shapes;
using FastConv.Tensors;

namespace FastConv.Cli.Commands;

/// <summary><c>fastconv predict</c>: what saved weights take photos, or samples of a dataset, for.</summary>
internal sealed class PredictCommand
{
    private const int DefaultTop = 3;
    private const int DefaultSamples = 10;

    private readonly Argument<string[]> _files = new("image") { HelpName = "IMAGE", Description = "JPEG or PNG files", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string?> _weights = WeightsOption.Create();
    private readonly Option<ModelRecipe?> _model = ModelOption.Create("the file says which");
    private readonly DataOptions _data = new();
    private readonly Option<int?> _samples = ValueOptions.Whole("--samples", $"Of a dataset, how many ({DefaultSamples})", 1, int.MaxValue);
    private readonly Option<int?> _top = ValueOptions.Whole("--top", $"How many classes, the most probable first ({DefaultTop})", 1, int.MaxValue);
    private readonly Option<bool> _json = new("--json") { Description = "One line of JSON a sample" };

    private PredictCommand()
    {
    }

    public static Command Create(Terminal terminal)
    {
        var options = new PredictCommand();
        var command = new Command("predict", "Print the most probable classes of photos, or of samples of a dataset.") { options._files, options._weights, options._model };
        foreach (Option option in (IEnumerable<Option>)[.. options._data.ForLooking, options._samples, options._top, options._json])
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellationToken) =>
        {
            foreach (PredictReport report in options.Predict(parsed, cancellationToken))
            {
                terminal.Output.WriteLine(parsed.GetValue(options._json) ? JsonSerializer.Serialize(report, ReportJson.Default.PredictReport) : Text(report));
            }

            return Task.FromResult(ExitCode.Success);
        });
        return command;
    }

    private IEnumerable<PredictReport> Predict(ParseResult parsed, CancellationToken cancellationToken)
    {
        string[] files = parsed.GetValue(_files)!;
        bool hasData = _data.AreGiven(parsed);
        if (files.Length > 0 == hasData)
        {
            throw new CommandLineException(hasData ? "predict takes photos or a dataset: give one or the other" : "predict expects photos, or a dataset by --data or --images");
        }

        string path = WeightsOption.File(parsed.GetValue(_weights)!);
        var saved = SavedModel.Read(path, parsed.GetValue(_model));
        Sequential model = saved.Load(path);
        Loss loss = saved.Recipe.CreateLoss();
        int top = Math.Min(parsed.GetValue(_top) ?? DefaultTop, saved.Recipe.Classes);
        IEnumerable<(string Name, int? Label, Tensor Image)> samples = hasData
            ? Samples(LookedAtData.Read(_data.Source(parsed), saved, parsed.GetValue(_samples) ?? DefaultSamples, _data.StrictImages(parsed), cancellationToken).Samples)
            : Photos(files, saved);
        foreach ((string name, int? label, Tensor image) in samples)
        {
            cancellationToken.ThrowIfCancellationRequested();
            float[] probabilities = ClassProbabilities.Of(loss, model.Predict(image).Values);
            Prediction[] best =
            [
                .. probabilities.Select((probability, index) => new Prediction(saved.Names[index], probability)).OrderByDescending(prediction => prediction.Probability).Take(top),
            ];
            yield return new PredictReport(name, label is { } known ? saved.Names[known] : null, best);
        }
    }

    private static IEnumerable<(string Name, int? Label, Tensor Image)> Samples(IDataset data)
    {
        for (int index = 0; index < data.Count; index++)
        {
            var image = new Tensor(data.SampleShape.BatchOf(1));
            data.Read(index, image.Span, out int label);
            yield return ($"sample {index.ToString(CultureInfo.InvariantCulture)}", label, image);
        }
    }

    private static IEnumerable<(string Name, int? Label, Tensor Image)> Photos(string[] files, SavedModel saved)
    {
        TensorShape shape = saved.Recipe.SampleShape;
        foreach (string file in files)
        {
            if (!File.Exists(file))
            {
                throw new CommandLineException($"predict: there is no file '{file}'");
            }

            // One photo is not enough to normalise by.
            DatasetStatistics statistics = saved.Statistics
                ?? throw new CommandLineException("the weights' file does not say by which statistics its samples were normalised: photos cannot be compared with them");
            var image = ImageFile.ToTensor(file, shape[1], shape[2], shape[0]);
            var one = new NormalizedDataset(new InMemoryDataset(image.Reshape(shape.BatchOf(1)), [0]), statistics);
            yield return (file, null, Samples(one).Single().Image);
        }
    }

    private static string Text(PredictReport report)
    {
        IEnumerable<string> predictions = report.Predictions.Select(
            prediction => string.Create(CultureInfo.InvariantCulture, $"{prediction.Class} {prediction.Probability * 100:F1} %"));
        string label = report.Label is null ? "" : $"  (is {report.Label})";
        return $"{report.Sample}: {string.Join(", ", predictions)}{label}";
    }
}
