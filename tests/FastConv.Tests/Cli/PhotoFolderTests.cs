using FastConv.Tests.Cases;

namespace FastConv.Tests.Cli;

/// <summary><c>fastconv train</c> on a folder of photos a class.</summary>
[Collection(ThreadCases.Collection)]
public sealed class PhotoFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly byte[] _photo = ImageFiles.Bytes((string)((IEnumerable<object[]>)ImageFiles.Kinds).First()[0]);

    public void Dispose() => _folder.Dispose();

    [CodecFact]
    public async Task Folders_of_classes_are_split_and_what_cannot_be_read_is_told()
    {
        Write("", ["cat", "dog"], 10);
        _folder.Write("cat/broken.png", "no picture");
        CommandRun run = await Train();
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("1 photos cannot be read and are left out", run.Error);
        Assert.Contains("broken.png", run.Error);
        (await Train("--strict-images")).AssertRefusedAfterProgress("broken.png");
    }

    [CodecFact]
    public async Task Folders_for_training_and_test_have_the_same_classes()
    {
        Write("train/", ["cat", "dog"], 5);
        Write("test/", ["cat", "dog"], 2);
        CommandRun run = await Train();
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("4 to test", run.Error + run.Output);

        Write("test/", ["owl"], 1);
        (await Train()).AssertRefusedAfterProgress("cat, dog", "cat, dog, owl");
    }

    private Task<CommandRun> Train(params string[] more) =>
        CommandRun.Run(["train", "--model", "minimal", "--data", _folder.Path, "--steps", "1", "--batch", "4", .. more]);

    private void Write(string parent, string[] classes, int count)
    {
        foreach (string name in classes)
        {
            Directory.CreateDirectory(_folder[parent + name]);
            for (int number = 0; number < count; number++)
            {
                _folder.Write($"{parent}{name}/{number}.png", _photo);
            }
        }
    }
}
