namespace FastConv.Mutants;

/// <summary>Some of the tests, on all or some of the processor's instruction sets.</summary>
/// <param name="Tests">A pattern over full names of test classes.</param>
/// <param name="Environment">A variable that switches instruction sets off, as NAME=VALUE, or none.</param>
internal sealed record TestStage(string Tests, string Environment)
{
    // Vectors of other widths run bodies that this processor does not.
    private static readonly string[] OtherProcessors = ["DOTNET_EnableAVX2=0", "DOTNET_EnableHWIntrinsic=0"];

    /// <summary>Of one file: the tests of its area, then the wide ones, then those of its area with narrower vectors.</summary>
    public static IEnumerable<TestStage> Of(string file)
    {
        string area = TestAreas.Of(file);
        return [new(area, ""), new(TestAreas.Wide, ""), .. OtherProcessors.Select(variable => new TestStage(area, variable))];
    }

    /// <summary>For a list.</summary>
    public string Name => Environment.Length > 0 ? Environment : Tests == TestAreas.Wide ? "wide" : "area";
}
