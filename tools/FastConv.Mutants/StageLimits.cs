using System.Text.Json;

namespace FastConv.Mutants;

/// <summary>How long the tests of a stage take with the library as it is, kept in a file a line each, and how long they may take with a mutant.</summary>
internal sealed class StageLimits
{
    private const double Times = 3;
    private static readonly TimeSpan AtLeast = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestUnchanged = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<TestStage, TimeSpan> _unchanged = [];
    private readonly string _path;
    private readonly MutationSlot _slot;

    /// <param name="path">The file, of one build of library and tests.</param>
    /// <param name="unchanged">Runs a stage on the library as it is.</param>
    public StageLimits(string path, MutationSlot unchanged)
    {
        (_path, _slot) = (path, unchanged);
        foreach (string line in File.Exists(path) ? File.ReadAllLines(path) : [])
        {
            Entry entry = JsonSerializer.Deserialize<Entry>(line)!;
            _unchanged[entry.Stage] = TimeSpan.FromSeconds(entry.Seconds);
        }
    }

    /// <summary>The limit of a stage, which is run on the library as it is before a mutant meets it: tests that fail anyway would catch every mutant.</summary>
    /// <exception cref="InvalidOperationException">They fail.</exception>
    public TimeSpan Of(TestStage stage)
    {
        lock (_lock)
        {
            if (!_unchanged.TryGetValue(stage, out TimeSpan time))
            {
                TestOutcome outcome = _slot.Run(stage, LongestUnchanged);
                if (outcome.Failure is { } failure)
                {
                    throw new InvalidOperationException($"the library as it is fails its tests, so they say nothing of mutants: {failure}");
                }

                _unchanged[stage] = time = outcome.Processors;
                File.AppendAllText(_path, JsonSerializer.Serialize(new Entry(stage, time.TotalSeconds)) + "\n");
                Console.WriteLine($"unchanged {stage.Name} [{time.TotalSeconds:f0} s] {stage.Tests}");
            }

            return Times * time + AtLeast;
        }
    }

    private sealed record Entry(TestStage Stage, double Seconds);
}
