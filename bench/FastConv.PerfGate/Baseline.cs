using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using FastConv.PerfGate.Code;

namespace FastConv.PerfGate;

/// <summary>What was recorded under a name, in a file of the repository.</summary>
internal static class Baseline
{
    private const string Solution = "FastConv.sln";

    /// <summary>The folder <c>bench/baselines</c> of the repository that this program was built in.</summary>
    /// <exception cref="DirectoryNotFoundException">It is in none.</exception>
    public static string FindFolder()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, Solution)))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder is null
            ? throw new DirectoryNotFoundException($"no {Solution} above {AppContext.BaseDirectory}: say --baselines FOLDER")
            : Path.Combine(folder, "bench", "baselines");
    }

    /// <summary>Null where there is no such file.</summary>
    /// <exception cref="InvalidDataException">The file is none.</exception>
    public static SortedDictionary<string, T>? Read<T>(string path, JsonTypeInfo<SortedDictionary<string, T>> type)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(path), type);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path} is no baseline: {exception.Message}", exception);
        }
    }

    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write<T>(string path, SortedDictionary<string, T> values, JsonTypeInfo<SortedDictionary<string, T>> type)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, JsonSerializer.Serialize(values, type) + "\n");
    }
}

/// <summary>Loops by kernel, and floors by processor and kernel.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(SortedDictionary<string, RecordedLoop>))]
[JsonSerializable(typeof(SortedDictionary<string, SortedDictionary<string, double>>))]
internal sealed partial class BaselineJson : JsonSerializerContext;
