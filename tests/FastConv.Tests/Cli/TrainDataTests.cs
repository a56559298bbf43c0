using System.Globalization;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Cli;

/// <summary><c>fastconv train</c> on files, right and wrong.</summary>
[Collection(ThreadCases.Collection)]
public sealed class TrainDataTests : IDisposable
{
    private const int Pixels = 28 * 28;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_folder_like_that_of_mnist(bool gzip)
    {
        WriteIdx(Labels(40), 28, gzip);
        CommandRun run = await Train("--data", _folder.Path + Path.DirectorySeparatorChar, "--json");
        Assert.Equal(Path.GetFileName(_folder.Path), run.Json().GetProperty("dataset").GetString());
        Assert.Contains("36 samples to learn from, 4 for validation, 40 to test", run.Error);
    }

    [Fact]
    public async Task The_samples_can_be_limited()
    {
        WriteIdx(Labels(40), 28);
        CommandRun run = await Train("--data", _folder.Path, "--samples", "20", "--test-samples", "7", "--validation", "5", "--json");
        run.Json();
        Assert.Contains("15 samples to learn from, 5 for validation, 7 to test", run.Error);
    }

    [Fact]
    public async Task Csv_files_with_test_files()
    {
        (string images, string labels) = WriteCsv("train", 30);
        (string testImages, string testLabels) = WriteCsv("test", 10);
        CommandRun run = await Train("--images", images, "--labels", labels, "--test-images", testImages, "--test-labels", testLabels, "--json");
        Assert.Equal("train_images.csv", run.Json().GetProperty("dataset").GetString());
        Assert.Contains("27 samples to learn from, 3 for validation, 10 to test", run.Error);
    }

    [Fact]
    public async Task Csv_files_without_test_files()
    {
        (string images, string labels) = WriteCsv("train", 50);
        CommandRun run = await Train("--images", images, "--labels", labels, "--json");
        run.Json();
        Assert.Contains("41 samples to learn from, 4 for validation, 5 to test", run.Error);
    }

    [Fact]
    public async Task Missing_files_are_named()
    {
        (string images, string labels) = WriteCsv("train", 10);
        (await Train("--data", _folder["none"])).AssertRefused(_folder["none"], "no such folder");
        (await Train("--data", images)).AssertRefused(images, "no such folder");
        (await Train("--data", _folder.Path)).AssertRefused("train-images-idx3-ubyte");
        (await Train("--images", _folder["none.csv"], "--labels", labels)).AssertRefused("none.csv");
        (await Train("--images", images, "--labels", _folder["none.csv"])).AssertRefused("none.csv");
        (await Train("--images", _folder.Path, "--labels", labels)).AssertRefused(_folder.Path);
        (await Train("--images", images, "--labels", labels, "--test-images", images, "--test-labels", _folder["none.csv"])).AssertRefused("none.csv");
    }

    [Fact]
    public async Task Options_that_do_not_go_together_are_refused()
    {
        (string images, string labels) = WriteCsv("train", 10);
        (await Train("--data", _folder.Path, "--images", images, "--labels", labels)).AssertRefused("--data", "--images");
        (await Train("--images", images)).AssertRefused("--labels is missing");
        (await Train("--labels", labels)).AssertRefused("--images is missing");
        (await Train("--test-images", images, "--test-labels", labels)).AssertRefused("--images is missing");
        (await Train("--images", images, "--labels", labels, "--test-images", images)).AssertRefused("--test-labels is missing");
        (await Train("--images", images, "--labels", labels, "--test-labels", labels)).AssertRefused("--test-images is missing");
        (await Train("--data", "")).AssertRefused("--data expects a path");
    }

    [Fact]
    public async Task Files_that_are_not_what_they_should_be_are_refused()
    {
        WriteIdx(Labels(40), 28);
        byte[] images = await File.ReadAllBytesAsync(_folder["train-images-idx3-ubyte"]);
        _folder.Write("train-images-idx3-ubyte", images.AsSpan(0, images.Length - 1));
        (await Train("--data", _folder.Path)).AssertRefused("train-images-idx3-ubyte");

        string text = _folder.Write("text.csv", "these are\nno numbers\nat all\n");
        (string csv, string labels) = WriteCsv("train", 10);
        (await Train("--images", text, "--labels", labels)).AssertRefused("text.csv");
        (await Train("--images", csv, "--labels", text)).AssertRefused("text.csv");
        (await Train("--images", labels, "--labels", csv)).AssertRefused("train_");
    }

    [Fact]
    public async Task Data_that_does_not_fit_the_model_is_refused()
    {
        WriteIdx(Labels(40), 12);
        (await Train("--data", _folder.Path)).AssertRefused("'minimal' takes samples [1, 28, 28]", "[1, 12, 12]");
        (await CommandRun.Run("train", "--model", "catdog", "--data", _folder.Path)).AssertRefused("'catdog' takes samples [3, 224, 224]");

        byte[] labels = Labels(40);
        labels[3] = 10;
        WriteIdx(labels, 28);
        (await Train("--data", _folder.Path)).AssertRefused("'minimal' tells 10 classes apart", "labels up to 10");
    }

    [Fact]
    public async Task Too_little_data_is_refused()
    {
        WriteIdx(Labels(40), 28);
        (await Train("--data", _folder.Path, "--validation", "40")).AssertRefused("40 samples", "validation");
        (string images, string labels) = WriteCsv("train", 3);
        (await Train("--images", images, "--labels", labels)).AssertRefused("3 samples", "test");
    }

    [Fact]
    public async Task Images_of_one_colour_cannot_be_normalised()
    {
        string images = _folder.Write("grey.csv", string.Concat(Enumerable.Repeat(string.Join(',', Enumerable.Repeat("7", Pixels)) + "\n", 20)));
        string labels = _folder.Write("labels.csv", string.Concat(Enumerable.Repeat("1\n", 20)));
        (await Train("--images", images, "--labels", labels)).AssertRefused("standard deviation");
    }

    private static Task<CommandRun> Train(params string[] args) => CommandRun.Run(["train", "--model", "minimal", "--epochs", "1", .. args]);

    private static byte[] Labels(int count) => [.. Enumerable.Range(0, count).Select(index => (byte)(index % 10))];

    private void WriteIdx(byte[] labels, int size, bool gzip = false)
    {
        foreach (string prefix in (ReadOnlySpan<string>)["train", "t10k"])
        {
            Write($"{prefix}-images-idx3-ubyte", IdxFiles.Images(labels.Length, size, size));
            Write($"{prefix}-labels-idx1-ubyte", IdxFiles.Labels(labels));
        }

        void Write(string name, byte[] bytes) => _folder.Write(gzip ? name + ".gz" : name, gzip ? IdxFiles.Gzip(bytes) : bytes);
    }

    private (string Images, string Labels) WriteCsv(string name, int count)
    {
        var rows = Enumerable.Range(0, count).Select(row => string.Join(',', Enumerable.Range(0, Pixels).Select(pixel => ((row * 31 + pixel * 7) % 256).ToString(CultureInfo.InvariantCulture))));
        return (
            _folder.Write($"{name}_images.csv", string.Join('\n', rows)),
            _folder.Write($"{name}_labels.csv", string.Join('\n', Enumerable.Range(0, count).Select(row => row % 10))));
    }
}
