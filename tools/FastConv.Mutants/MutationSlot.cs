using System.Diagnostics;

namespace FastConv.Mutants;

/// <summary>A copy of the built tests, whose library is changed by one instruction at a time. The tree itself is never touched.</summary>
internal sealed class MutationSlot
{
    private const string Library = "FastConv.dll";

    // Vectors of other widths run bodies that this processor does not.
    private static readonly string[] OtherProcessors = ["DOTNET_EnableAVX2=0", "DOTNET_EnableHWIntrinsic=0"];

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

    /// <summary>What the same tests say of the library as it is, or null where all pass, none of them longer than a mutant may take.</summary>
    public string? FailureUnchanged(IEnumerable<Mutant> mutants)
    {
        string[] areas = [.. mutants.Select(mutant => TestAreas.Of(mutant.File)).Distinct()];
        return areas.Append(TestAreas.Wide).Select(tests => TestProcess.Failure(_folder, tests))
            .Concat(OtherProcessors.SelectMany(variable => areas.Select(tests => TestProcess.Failure(_folder, tests, variable))))
            .FirstOrDefault(failure => failure is not null);
    }

    /// <summary>The tests of its area, then the wide ones, then those of its area with narrower vectors, until one fails.</summary>
    public MutantResult Test(Mutant mutant)
    {
        byte[] changed = [.. _library];
        mutant.Bytes.CopyTo(changed, mutant.Position);
        File.WriteAllBytes(Path.Combine(_folder, Library), changed);
        var clock = Stopwatch.StartNew();
        string area = TestAreas.Of(mutant.File);
        IEnumerable<(string Stage, string Tests, string Environment)> stages =
            [("area", area, ""), ("wide", TestAreas.Wide, ""), .. OtherProcessors.Select(variable => (variable, area, variable))];
        foreach ((string stage, string tests, string environment) in stages)
        {
            if (TestProcess.Failure(_folder, tests, environment) is { } failure)
            {
                return Result(failure, stage);
            }
        }

        return Result(null, "all");

        MutantResult Result(string? failure, string stage) =>
            new(mutant.Identity, mutant.File, mutant.Line, mutant.Change, failure, stage, clock.Elapsed.TotalSeconds);
    }
}
