using System.Collections.Concurrent;
using System.Text.Json;
using FastConv.Interchange;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Golden;

/// <summary>What PyTorch computed for the cases of one topic. tools/golden/README.md says how the files are made.</summary>
internal sealed class GoldenFile
{
    private static readonly ConcurrentDictionary<string, GoldenFile> Files = new();

    private readonly Dictionary<string, float[]> _tensors = [];
    private readonly Dictionary<string, JsonElement> _cases = [];

    private GoldenFile(string topic)
    {
        using SafetensorsFile file = SafetensorsFile.Open(Path.Combine(Folder, $"{topic}.safetensors"));
        Topic = topic;
        Metadata = file.Metadata;
        foreach (SafetensorsTensor tensor in file.Tensors)
        {
            var values = new float[tensor.Count];
            file.Read(tensor, values);
            _tensors.Add(tensor.Name, values);
        }

        using JsonDocument cases = JsonDocument.Parse(Metadata["cases"]);
        foreach (JsonElement element in cases.RootElement.EnumerateArray())
        {
            _cases.Add(element.GetProperty("name").GetString()!, element.Clone());
        }
    }

    public static string Folder { get; } = Path.Combine(RepositoryRoot.Path, "tests", "FastConv.Tests", "Golden", "Files");

    public string Topic { get; }

    /// <summary>The script, the seed, torch's version, what is in the file.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    public IEnumerable<string> CaseNames => _cases.Keys;

    public IEnumerable<string> TensorNames => _tensors.Keys;

    public static GoldenFile Load(string topic) => Files.GetOrAdd(topic, name => new GoldenFile(name));

    public JsonElement Arguments(string caseName) => _cases[caseName];

    /// <summary>The values of a tensor; null where the file has none of this name.</summary>
    public float[]? Find(string tensor) => _tensors.GetValueOrDefault(tensor);
}
