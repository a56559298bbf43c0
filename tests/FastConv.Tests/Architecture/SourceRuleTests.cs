using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using FastConv.Tensors;

namespace FastConv.Tests.Architecture;

/// <summary>Rules of docs/architecture.md that a look at the source can check; a failure names the file and line.</summary>
public sealed partial class SourceRuleTests
{
    private const int LongestFile = 230;

    private static readonly string[] BannedWords = ["Helper", "Util", "Utility", "Manager", "Processor", "Impl", "Common", "Misc", "Fast", "New"];

    [Fact]
    public void Files_AreShort() => Findings.AssertNone(
        SourceFile.Under("src").Where(file => LengthOf(file) > LongestFile).Select(file => $"{file.Path}:{LongestFile + 1}: {LengthOf(file)} lines"));

    [Fact]
    public void TypeNames_HaveNoEmptyWords() => Findings.AssertNone(
        from file in AllFiles()
        from found in file.Find(Declaration())
        let name = found.Match.Groups[1].Value
        where WordsOf(name).Any(IsBanned)
        select $"{found.Place}: {name}");

    [Fact]
    public void Namespaces_AreFolders() => Findings.AssertNone(
        from file in AllFiles()
        from found in file.Find(NamespaceDeclaration())
        let expected = string.Join('.', file.Path.Split('/')[1..^1])
        where found.Match.Groups[1].Value != expected
        select $"{found.Place}: namespace {found.Match.Groups[1].Value} in the folder of {expected}");

    [Fact]
    public void PublicTypes_AreInTheNamespaceOfAFolder()
    {
        HashSet<string> folders = [.. SourceFile.Under("src/FastConv").Select(file => "FastConv." + file.LibraryFolders![0])];

        Assert.All(typeof(Tensor).Assembly.GetExportedTypes(), type => Assert.Contains(type.Namespace!, folders));
    }

    // Whoever declares a namespace in a file without one would slip through the test above.
    [Fact]
    public void EveryFileOfTheLibrary_DeclaresItsNamespace() =>
        Findings.AssertNone(SourceFile.Under("src/FastConv").Where(file => file.Find(NamespaceDeclaration()).Count() != 1).Select(file => file.Path));

    [Fact]
    public void OnlySimdDispatch_AsksTheProcessor() =>
        AssertOnlyIn(["src/FastConv/Simd/SimdDispatch.cs"], ProcessorQuestion());

    [Fact]
    public void OnlyTheWorkerTeamAndBackgroundThreads_StartThreads() =>
        AssertOnlyIn(["src/FastConv/Parallelism/WorkerTeam.cs", "src/FastConv/Parallelism/BackgroundThreads.cs"], ThreadStart());

    [Fact]
    public void Kernels_ThrowNothingAndAllocateNoArrays() => Findings.AssertNone(
        from file in SourceFile.Under("src/FastConv/Kernels")
        from found in file.Find(ThrowOrAllocation())
        select $"{found.Place}: {found.Match.Value}");

    [Fact]
    public void ProjectsBesideTheLibrary_SeePublicTypesOnly() => Assert.DoesNotContain(
        typeof(Tensor).Assembly.GetCustomAttributes<InternalsVisibleToAttribute>(),
        attribute => attribute.AssemblyName is "FastConv.Cli" or "FastConv.Imaging");

    private static IEnumerable<SourceFile> AllFiles() => ((string[])["src", "tests", "bench"]).SelectMany(SourceFile.Under);

    private static int LengthOf(SourceFile file) => file.Lines[^1].Length == 0 ? file.Lines.Length - 1 : file.Lines.Length;

    private static void AssertOnlyIn(string[] paths, Regex pattern)
    {
        var places = SourceFile.Under("src/FastConv").SelectMany(file => file.Find(pattern).Select(found => (file.Path, found.Place))).ToList();

        Assert.All(paths, path => Assert.Contains(places, found => found.Path == path));
        Findings.AssertNone(places.Where(found => !paths.Contains(found.Path)).Select(found => found.Place));
    }

    private static bool IsBanned(string word) => BannedWords.Any(banned => word == banned || word == banned + "s" || word == "Utilities");

    // The product's own name is a word of its own.
    private static IEnumerable<string> WordsOf(string name) => Word().Matches(name.Replace("FastConv", "", StringComparison.Ordinal)).Select(match => match.Value);

    [GeneratedRegex("\\b(?:class|struct|record(?!\\s+(?:class|struct))|interface|enum)\\s+(\\w+)")]
    private static partial Regex Declaration();

    [GeneratedRegex("^namespace\\s+([\\w.]+)")]
    private static partial Regex NamespaceDeclaration();

    [GeneratedRegex("[A-Z][a-z0-9]*")]
    private static partial Regex Word();

    [GeneratedRegex("\\.(?:IsSupported|IsHardwareAccelerated)\\b")]
    private static partial Regex ProcessorQuestion();

    [GeneratedRegex("new Thread\\(|\\bParallel\\.|\\bTask\\.(?:Run|Factory)|\\bThreadPool\\.|\\.AsParallel\\(")]
    private static partial Regex ThreadStart();

    [GeneratedRegex("\\bthrow\\b|\\bnew \\w+\\[|\\bnew List<|\\bThrowIf\\w+")]
    private static partial Regex ThrowOrAllocation();
}
