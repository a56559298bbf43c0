using System.Diagnostics;

namespace FastConv.Mutants;

/// <summary>A copy of the built tests, whose library is changed by one instruction at a time. The tree itself is never touched.</summary>
internal sealed class MutationSlot
{
    private const string Library = "FastConv.dll";

    private readonly string _folder;
    private readonly byte[] _library;

    /// <param name="built">The tests as they were built.</param>
    /// <param name="folder">Where the copy goes.</param>
    public MutationSlot(string built, string folder)
    {
        _folder = folder;
        foreach (string file in Directory.EnumerateFiles(built, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(folder, Path.GetRelativePath(built, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }

        _library = File.ReadAllBytes(Path.Combine(built, Library));
    }

    /// <summary>The tests of a stage on the copy as it is now.</summary>
    public TestOutcome Run(TestStage stage, TimeSpan longest) => TestProcess.Run(_folder, stage.Tests, stage.Environment, longest);

    /// <summary>One stage after the other, until one fails.</summary>
    public MutantResult Test(Mutant mutant, StageLimits limits)
    {
        byte[] changed = [.. _library];
        mutant.Bytes.CopyTo(changed, mutant.Position);
        File.WriteAllBytes(Path.Combine(_folder, Library), changed);
        var clock = Stopwatch.StartNew();
        foreach (TestStage stage in TestStage.Of(mutant.File))
        {
            if (Run(stage, limits.Of(stage)).Failure is { } failure)
            {
                return Result(failure, stage.Name);
            }
        }

        return Result(null, "all");

        MutantResult Result(string? failure, string stage) =>
            new(mutant.Identity, mutant.File, mutant.Line, mutant.Change, failure, stage, clock.Elapsed.TotalSeconds);
    }
}
