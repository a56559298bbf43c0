using FastConv.Cli.Models;
using FastConv.Data;

namespace FastConv.Cli.Input;

/// <summary>Samples as they are where they come from.</summary>
/// <param name="Name">What reports call the data.</param>
/// <param name="Train">To learn from.</param>
/// <param name="Test">Those that the source keeps apart for testing; null where it does not.</param>
/// <param name="Warning">What was left out; null where nothing was.</param>
internal sealed record SourceData(string Name, IDataset Train, IDataset? Test, string? Warning = null)
{
    /// <summary>Reads or draws the samples.</summary>
    /// <param name="source">Where from.</param>
    /// <param name="model">Whose samples and classes they have to fit.</param>
    /// <param name="samples">The most training samples that are wanted; fewer digits are drawn then.</param>
    /// <param name="testSamples">The same for the test.</param>
    /// <param name="strictImages">Whether a photo that cannot be read is refused instead of being left out.</param>
    /// <param name="cancellationToken">Looked at between photos.</param>
    /// <exception cref="CommandLineException">The data does not fit the model.</exception>
    /// <exception cref="IOException">A file or folder is missing or cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file is not what it should be.</exception>
    public static SourceData Read(DataSource source, ModelRecipe model, int? samples, int? testSamples, bool strictImages, CancellationToken cancellationToken)
    {
        SourceData data = source switch
        {
            DataSource.Folder folder => FolderData.Read(folder.Path, model, strictImages, cancellationToken),
            DataSource.Csv csv => ReadCsv(csv, model),
            _ => Draw(model, samples, testSamples),
        };
        RequireFit(model, data.Train);
        if (data.Test is { } test)
        {
            RequireFit(model, test);
        }

        return data;
    }

    /// <summary>So many samples at most, chosen at random, since files may be sorted by class.</summary>
    public static IDataset Limit(IDataset data, int? samples, long seed) =>
        samples is { } count && count < data.Count ? SubsetDataset.Split(data, count, seed).First : data;

    private static SourceData Draw(ModelRecipe model, int? samples, int? testSamples)
    {
        SyntheticDigitsOptions train = model.Digits;
        SyntheticDigitsOptions test = train with { Count = testSamples ?? model.TestDigits };
        train = train with { Count = samples ?? train.Count };
        return new SourceData("synthetic digits", SyntheticDigits.Load("train", train), SyntheticDigits.Load("test", test));
    }

    private static SourceData ReadCsv(DataSource.Csv source, ModelRecipe model)
    {
        IDataset train = ReadCsv(source.Images, source.Labels, source, model);
        return new SourceData(
            Path.GetFileName(source.Images), train, source.TestImages is { } test ? ReadCsv(test, source.TestLabels, source, model) : null);
    }

    private static CsvDataset ReadCsv(string images, string? labels, DataSource.Csv source, ModelRecipe model) => source.LabelColumn is { } column
        ? CsvDataset.Load(images, column > 0 ? column - 1 : ^-column, model.SampleShape, header: source.Header)
        : CsvDataset.Load(images, labels!, model.SampleShape, header: source.Header);

    private static void RequireFit(ModelRecipe model, IDataset data)
    {
        if (data.SampleShape != model.SampleShape)
        {
            throw new CommandLineException($"the model '{model.Name}' takes samples {model.SampleShape}, those of '{data.Name}' are {data.SampleShape}");
        }

        if (data.ClassCount > model.Classes)
        {
            throw new CommandLineException($"the model '{model.Name}' tells {model.Classes} classes apart, '{data.Name}' has labels up to {data.ClassCount - 1}");
        }
    }
}
