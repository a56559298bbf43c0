using System.Text.Json;

namespace FastConv.Mutants;

/// <summary>How long the tests of a stage take with the library as it is, kept in a file a line each, and how long they may take with a mutant.</summary>
internal sealed class StageLimits
{
    private const double Times = 3;
    private static readonly TimeSpan AtLeast = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestUnchanged = TimeSpan.FromMinutes(10);

    private readonly Dictionary<TestStage, TimeSpan> _unchanged = [];

    /// <summary>Runs what is not in the file. Tests that fail anyway would catch every mutant, so they end the run.</summary>
    /// <param name="path">The file, of one build of library and tests.</param>
    /// <param name="stages">All that mutants will be asked.</param>
    /// <param name="run">Runs a stage on the library as it is.</param>
    public StageLimits(string path, IEnumerable<TestStage> stages, Func<TestStage, TimeSpan, TestOutcome> run)
    {
        foreach (string line in File.Exists(path) ? File.ReadAllLines(path) : [])
        {
            Entry entry = JsonSerializer.Deserialize<Entry>(line)!;
            _unchanged[entry.Stage] = TimeSpan.FromSeconds(entry.Seconds);
        }

        foreach (TestStage stage in stages.Distinct().Where(stage => !_unchanged.ContainsKey(stage)))
        {
            TestOutcome outcome = run(stage, LongestUnchanged);
            if (outcome.Failure is { } failure)
            {
                throw new InvalidOperationException($"the library as it is fails its tests, so they say nothing of mutants: {failure}");
            }

            _unchanged[stage] = outcome.Processors;
            File.AppendAllText(path, JsonSerializer.Serialize(new Entry(stage, outcome.Processors.TotalSeconds)) + "\n");
            Console.WriteLine($"unchanged {stage.Name} [{outcome.Processors.TotalSeconds:f0} s] {stage.Tests}");
        }
    }

    public TimeSpan Of(TestStage stage) => Times * _unchanged[stage] + AtLeast;

    private sealed record Entry(TestStage Stage, double Seconds);
}
