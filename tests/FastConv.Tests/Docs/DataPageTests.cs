using System.Runtime.CompilerServices;
using FastConv.Data;
using FastConv.Imaging;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Docs;

/// <summary>The program of docs/data.md is the one below, and it reads photos.</summary>
public sealed class DataPageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [CodecFact]
    public void Its_program_reads_photos()
    {
        foreach (string name in (string[])["cat", "dog"])
        {
            Directory.CreateDirectory(_folder[name]);
            _folder.Write(Path.Combine(name, "1.png"), ImageFiles.Bytes("png colour"));
        }

        Assert.Equal(1, Program(_folder.Path).BatchCount);
    }

    [Fact]
    public void Its_program_is_the_one_that_is_tested()
    {
        string[] tested = [.. Lines(ThisFile(), "// begin", "// end")];
        string[] shown = [.. Lines(Path.Combine(RepositoryRoot.Path, "docs", "data.md"), "```csharp", "```")];
        Assert.Equal(tested, shown);
    }

    private static DataLoader Program(string folder)
    {
        // begin
        ImageFolderDataset photos = ImageFolderDataset.Load(folder, height: 64, width: 64);
        DatasetStatistics statistics = DatasetStatistics.Measure(photos, perChannel: true);
        var augmented = new TransformedDataset(
            photos, seed: 1, new RandomCrop(64, 64, padding: 8), new RandomHorizontalFlip(), new Normalize(statistics), new Cutout(16));
        var loader = new DataLoader(augmented, batchSize: 16, shuffle: true, seed: 1, workers: 2);
        foreach (Batch batch in loader.Epoch(0))
        {
            Console.WriteLine($"{batch.Images.Shape}, first a {photos.ClassNames[batch.Labels[0]]}: {photos.Paths[batch.Indices[0]]}");
        }
        // end

        return loader;
    }

    private static IEnumerable<string> Lines(string path, string first, string last) =>
        File.ReadLines(path).Select(line => line.Trim()).SkipWhile(line => line != first).Skip(1).TakeWhile(line => line != last);

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
