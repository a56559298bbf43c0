using System.Globalization;
using System.Text.Json;
using FastConv.Cli.Models;
using FastConv.Cli.Reports;
using FastConv.Data;
using FastConv.Interchange;
using FastConv.Layers;
using FastConv.Shapes;

namespace FastConv.Cli.Runs;

/// <summary>
/// The file <c>model.safetensors</c>: weights under PyTorch's names, and beside them, as metadata, what is needed to use them: the network's name, what
/// the classes are called, the shape of a sample, and by which statistics samples were normalised.
/// </summary>
/// <param name="Recipe">The network.</param>
/// <param name="ClassNames">One for each class that it tells apart; null where the file does not say.</param>
/// <param name="Statistics">Of the training samples, before normalisation; null where the file does not say.</param>
internal sealed record SavedModel(ModelRecipe Recipe, IReadOnlyList<string>? ClassNames, DatasetStatistics? Statistics)
{
    private const string ModelKey = "fastconv.model";
    private const string ClassesKey = "fastconv.classes";
    private const string ShapeKey = "fastconv.input_shape";
    private const string MeanKey = "fastconv.mean";
    private const string DeviationKey = "fastconv.std";

    /// <summary>Writes weights and metadata; a file that is there is replaced in one go.</summary>
    public void Save(Layer model, string path)
    {
        var writer = new SafetensorsWriter();
        writer.Metadata["format"] = "pt";
        writer.Metadata[ModelKey] = Recipe.Name;
        writer.Metadata[ShapeKey] = string.Join(',', Recipe.SampleShape.Dimensions.ToArray());
        if (ClassNames is { } names)
        {
            writer.Metadata[ClassesKey] = JsonSerializer.Serialize([.. names], ReportJson.Default.StringArray);
        }

        if (Statistics is { } statistics)
        {
            writer.Metadata[MeanKey] = Join(statistics.Mean);
            writer.Metadata[DeviationKey] = Join(statistics.StandardDeviation);
        }

        foreach (NamedTensor tensor in model.State)
        {
            writer.Add(tensor.Name, tensor.Value, tensor.Kind == StateKind.Counter ? SafetensorsDType.I64 : SafetensorsDType.F32);
        }

        writer.Save(path);
    }

    /// <summary>Reads what a file says of itself.</summary>
    /// <param name="path">A safetensors file, of whatever program.</param>
    /// <param name="asked">The network that the command line names; goes before the file's own.</param>
    /// <exception cref="CommandLineException">Neither the command line nor the file names a network, or the two do not agree.</exception>
    /// <exception cref="InvalidDataException">The file is not what it should be.</exception>
    public static SavedModel Read(string path, ModelRecipe? asked)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        IReadOnlyDictionary<string, string> metadata = file.Metadata;
        ModelRecipe? named = metadata.TryGetValue(ModelKey, out string? name) ? ModelRegistry.Find(name) ?? throw Refuse(path, ModelKey, $"one of {ModelRegistry.Names}", name) : null;
        if (asked is not null && named is not null && asked != named)
        {
            throw new CommandLineException($"'{path}' has the weights of the model '{named.Name}', --model says '{asked.Name}'");
        }

        ModelRecipe recipe = asked ?? named ?? throw new CommandLineException($"'{path}' does not say which model its weights are for; name it with --model");
        return new SavedModel(recipe, ReadNames(path, metadata, recipe), ReadStatistics(path, metadata, recipe));
    }

    /// <summary>The network with the file's weights.</summary>
    /// <exception cref="InvalidDataException">Names or shapes are not those of the network.</exception>
    public Sequential Load(string path)
    {
        Sequential model = Recipe.Build(ModelRecipe.DefaultSeed);
        model.LoadSafetensors(path);
        model.Eval();
        return model;
    }

    /// <summary>The names as the file or, where it does not say, their numbers.</summary>
    public IReadOnlyList<string> Names => ClassNames ?? [.. Enumerable.Range(0, Recipe.Classes).Select(index => index.ToString(CultureInfo.InvariantCulture))];

    private static string[]? ReadNames(string path, IReadOnlyDictionary<string, string> metadata, ModelRecipe recipe)
    {
        if (!metadata.TryGetValue(ClassesKey, out string? text))
        {
            return null;
        }

        try
        {
            string[]? names = JsonSerializer.Deserialize(text, ReportJson.Default.StringArray);
            return names?.Length == recipe.Classes && !names.Contains(null) ? names : throw Refuse(path, ClassesKey, $"{recipe.Classes} names", text);
        }
        catch (JsonException)
        {
            throw Refuse(path, ClassesKey, "a list of names in JSON", text);
        }
    }

    private static DatasetStatistics? ReadStatistics(string path, IReadOnlyDictionary<string, string> metadata, ModelRecipe recipe)
    {
        if (!metadata.ContainsKey(MeanKey) && !metadata.ContainsKey(DeviationKey))
        {
            return null;
        }

        float[] mean = ReadNumbers(path, metadata, MeanKey, recipe.SampleShape);
        float[] deviation = ReadNumbers(path, metadata, DeviationKey, recipe.SampleShape);
        return Array.TrueForAll(deviation, value => value > 0)
            ? new DatasetStatistics(mean, deviation)
            : throw Refuse(path, DeviationKey, "numbers above 0", metadata[DeviationKey]);
    }

    private static float[] ReadNumbers(string path, IReadOnlyDictionary<string, string> metadata, string key, TensorShape shape)
    {
        string text = metadata.GetValueOrDefault(key, "");
        string[] parts = text.Split(',');
        float[] numbers = new float[parts.Length];
        for (int index = 0; index < parts.Length; index++)
        {
            if (!float.TryParse(parts[index], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[index]) || !float.IsFinite(numbers[index]))
            {
                throw Refuse(path, key, "finite numbers", text);
            }
        }

        return numbers.Length == shape[0] ? numbers : throw Refuse(path, key, $"{shape[0]} numbers, one a channel", text);
    }

    private static string Join(ReadOnlySpan<float> values) => string.Join(',', values.ToArray().Select(value => value.ToString("R", CultureInfo.InvariantCulture)));

    private static InvalidDataException Refuse(string path, string field, string expected, string received) =>
        new($"{path}: metadata '{field}': expected {expected}, received '{received}'.");
}
