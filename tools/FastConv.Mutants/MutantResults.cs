using System.Text.Json;

namespace FastConv.Mutants;

/// <summary>Results in a file, a line of JSON each, appended as they come; of two of one mutant the later counts.</summary>
internal sealed class MutantResults(string path)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, MutantResult> _all = Read(path);

    public MutantResult? Of(Mutant mutant) => _all.GetValueOrDefault(mutant.Identity);

    public void Add(MutantResult result)
    {
        lock (_lock)
        {
            _all[result.Identity] = result;
            File.AppendAllText(path, JsonSerializer.Serialize(result) + "\n");
            Console.WriteLine($"{(result.CaughtBy is null ? "SURVIVED" : "caught  ")} {result.File}:{result.Line} {result.Change} [{result.Stage}, {result.Seconds:f0} s] {result.CaughtBy}");
        }
    }

    private static Dictionary<string, MutantResult> Read(string path)
    {
        var all = new Dictionary<string, MutantResult>();
        foreach (string line in File.Exists(path) ? File.ReadAllLines(path) : [])
        {
            MutantResult result = JsonSerializer.Deserialize<MutantResult>(line)!;
            all[result.Identity] = result;
        }

        return all;
    }
}
