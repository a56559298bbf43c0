using System.Globalization;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Golden;

/// <summary>The files themselves: what they say of themselves, how large they are, and that this machine's PyTorch still computes what is in them.</summary>
public sealed class GoldenFileTests
{
    private const long LargestFolder = 2_000_000;

    private static readonly string[] Names = [.. Directory.GetFiles(GoldenFile.Folder).Select(path => Path.GetFileNameWithoutExtension(path)!).Order()];

    public static TheoryData<string> Topics => [.. Names];

    [Theory]
    [MemberData(nameof(Topics))]
    public void A_file_names_its_script_seed_and_torch(string topic)
    {
        GoldenFile file = GoldenFile.Load(topic);

        Assert.True(File.Exists(Path.Combine(RepositoryRoot.Path, file.Metadata["script"])), file.Metadata["script"]);
        Assert.True(int.TryParse(file.Metadata["seed"], CultureInfo.InvariantCulture, out _), file.Metadata["seed"]);
        Assert.Matches(@"^\d+\.\d+", file.Metadata["torch"]);
        Assert.NotEmpty(file.Metadata["description"]);
        Assert.All(file.CaseNames, name => Assert.Contains(file.TensorNames, tensor => tensor.StartsWith(name + "/", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_topic_has_tests_that_read_all_of_its_cases()
    {
        var read = typeof(GoldenFileTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetCustomAttributesData())
            .Where(attribute => attribute.AttributeType == typeof(GoldenDataAttribute))
            .Select(attribute => (string)attribute.ConstructorArguments[0].Value!);

        Assert.Equal(Names, read.Distinct().Order());
    }

    [Fact]
    public void The_files_are_small() =>
        Assert.InRange(Directory.GetFiles(GoldenFile.Folder).Sum(path => new FileInfo(path).Length), 1, LargestFolder);

    [TorchFact]
    public void Torch_computes_the_files_again() =>
        PythonRun.OutputOfFile(Path.Combine(RepositoryRoot.Path, "tools", "golden", "make.py"), "--check");
}
