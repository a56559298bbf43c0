namespace FastConv.Tests.Architecture;

/// <summary>docs/architecture.md is kept: no arrow goes up or sideways except where its table says so.</summary>
public sealed class ArrowTests
{
    private static readonly string[] ExampleTable =
    [
        "| level | folder | holds | may use |",
        "|---|---|---|---|",
        "| 0 | `Low` | things | nothing |",
        "| 1 | `Middle` | things | `Low` |",
        "| 1 | `Beside` | things | `Low` |",
        "| 2 | `High` | things | level 1 and below |",
        "| 2 | `FastConv.Foreign` | things | level 1 and below |",
        "| 3 | `FastConv.Cli` | things | level 2 and below |",
    ];

    [Fact]
    public void EveryUse_IsAllowedByTheTable()
    {
        IReadOnlyList<SourceFile> library = SourceFile.Under("src/FastConv");
        var rules = new ArrowRules(ArrowTable.Read(), library);

        Findings.AssertNone(library.Concat(SourceFile.Under("src/FastConv.Imaging")).Concat(SourceFile.Under("src/FastConv.Cli")).SelectMany(rules.Violations));
    }

    [Fact]
    public void EveryArrowOfTheTable_GoesDown()
    {
        ArrowTable table = ArrowTable.Read();
        foreach (string folder in table.Folders)
        {
            Assert.All(table.MayUse(folder), used => Assert.True(table.Level(used) < table.Level(folder), $"{folder} -> {used}"));
        }
    }

    // The rules themselves, on a library of three files.
    [Theory]
    [InlineData("Middle", "using FastConv.High;", "High")]
    [InlineData("Middle", "using FastConv.Beside;", "Beside")]
    [InlineData("Low", "using FastConv.Middle.Inner;", "Middle")]
    [InlineData("Middle", "global using static FastConv.High.Tower;", "High")]
    [InlineData("Middle", "var tower = new FastConv.High.Tower();", "High")]
    [InlineData("Middle", "var tower = new High.Tower();", "High")]
    [InlineData("Low", "Middle.Inner.Room room;", "Middle")]
    [InlineData("Middle", "using FastConv.Cli;", "Cli")]
    public void ForbiddenUse_IsFoundWithFileAndLine(string folder, string line, string used)
    {
        var file = SourceFile.Parse($"src/FastConv/{folder}/Example.cs", $"namespace FastConv.{folder};\n\n{line}\n");

        Assert.Equal([$"src/FastConv/{folder}/Example.cs:3: {folder} may not use {used}"], ExampleRules().Violations(file).Distinct());
    }

    [Theory]
    [InlineData("src/FastConv/Middle/Example.cs", "using FastConv.Low;")]
    [InlineData("src/FastConv/High/Example.cs", "using FastConv.Beside; using FastConv.Middle;")]
    [InlineData("src/FastConv/Middle/Example.cs", "// using FastConv.High;")]
    [InlineData("src/FastConv/Middle/Example.cs", "string text = \"FastConv.High.Tower\";")]
    [InlineData("src/FastConv/Middle/Example.cs", "int count = High.Count + this.High.Tower;")]
    [InlineData("src/FastConv.Cli/Example.cs", "using FastConv.High; using FastConv.Foreign; using FastConv.Cli.Parts;")]
    [InlineData("src/FastConv.Foreign/Example.cs", "namespace FastConv.Foreign; using FastConv.Low;")]
    public void AllowedUse_IsNotReported(string path, string line) =>
        Assert.Empty(ExampleRules().Violations(SourceFile.Parse(path, line)));

    [Fact]
    public void ForbiddenUseByAProjectBesideTheLibrary_IsFound()
    {
        var file = SourceFile.Parse("src/FastConv.Foreign/Example.cs", "using FastConv.High;");

        Assert.Equal(["src/FastConv.Foreign/Example.cs:1: FastConv.Foreign may not use High"], ExampleRules().Violations(file));
    }

    [Fact]
    public void FolderThatTheTableDoesNotName_IsFound()
    {
        var file = SourceFile.Parse("src/FastConv/Unknown/Example.cs", "namespace FastConv.Unknown;");

        Assert.Contains("Unknown is not in the table", Assert.Single(ExampleRules().Violations(file)), StringComparison.Ordinal);
    }

    private static ArrowRules ExampleRules() => new(
        ArrowTable.Parse(ExampleTable),
        [
            SourceFile.Parse("src/FastConv/Middle/Inner/Room.cs", "internal struct Room;"),
            SourceFile.Parse("src/FastConv/High/Tower.cs", "public sealed class Tower;"),
        ]);
}
