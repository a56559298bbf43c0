using FastConv.Interchange;
using FastConv.Tensors;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Cli;

/// <summary>What a file of weights says of itself, right or wrong.</summary>
public sealed class SavedModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("fastconv.model", "no-such", "one of")]
    [InlineData("fastconv.classes", "[\"one\"]", "10 names")]
    [InlineData("fastconv.classes", "null", "10 names")]
    [InlineData("fastconv.classes", "[1", "a list of names in JSON")]
    [InlineData("fastconv.mean", "a", "finite numbers")]
    [InlineData("fastconv.mean", "NaN", "finite numbers")]
    [InlineData("fastconv.mean", "1,2", "one a channel")]
    [InlineData("fastconv.std", "0", "finite numbers")]
    public async Task Metadata_that_is_wrong_is_refused_with_its_name(string key, string value, string expected) =>
        (await Evaluate((key, value))).AssertRefused($"metadata '{(key == "fastconv.std" ? "fastconv.mean" : key)}'", expected);

    [Fact]
    public async Task A_deviation_of_nothing_is_refused() =>
        (await Evaluate(("fastconv.mean", "0.5"), ("fastconv.std", "0"))).AssertRefused("metadata 'fastconv.std'", "above 0");

    [Fact]
    public async Task A_file_that_names_no_model_wants_one()
    {
        string path = Write([]);
        (await CommandRun.Run("evaluate", "--weights", path)).AssertRefused("--model");
    }

    [Fact]
    public async Task Inspection_tells_what_is_not_finite_and_lets_nothing_move_the_cursor()
    {
        var writer = new SafetensorsWriter();
        writer.Metadata["a"] = "b\u001b[2Jc";
        writer.Add("none\u0007finite", Tensor.From([float.NaN, float.PositiveInfinity], 2));
        writer.Add("some", Tensor.From([1f, float.NaN, -3f], 3));
        string path = _folder["x.safetensors"];
        writer.Save(path);
        CommandRun run = await CommandRun.Run("inspect", path);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("2 not finite", run.Output);
        Assert.Contains("1 not finite", run.Output);
        Assert.Contains("none?finite", run.Output);
        Assert.DoesNotContain('\u001b', run.Output);
        Assert.DoesNotContain('\u0007', run.Output);
    }

    private Task<CommandRun> Evaluate(params (string Key, string Value)[] metadata)
    {
        (string, string)[] model = metadata[0].Key == "fastconv.model" ? [] : [("fastconv.model", "minimal")];
        return CommandRun.Run("evaluate", "--weights", Write([.. model, .. metadata]));
    }

    private string Write((string Key, string Value)[] metadata)
    {
        var writer = new SafetensorsWriter();
        foreach ((string key, string value) in metadata)
        {
            writer.Metadata[key] = value;
        }

        writer.Add("x", new Tensor(1));
        string path = _folder["weights.safetensors"];
        writer.Save(path);
        return path;
    }
}
