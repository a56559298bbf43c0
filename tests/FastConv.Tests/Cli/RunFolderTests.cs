using System.Text.Json;
using FastConv.Cli.Runs;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Cli;

/// <summary>What a training leaves behind, and that it can be continued, evaluated, asked and looked into.</summary>
[Collection(ThreadCases.Collection)]
public sealed class RunFolderTests : IDisposable
{
    private static readonly string[] Tiny = ["train", "--model", "minimal", "--samples", "200", "--test-samples", "50", "--epochs", "3"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_training_leaves_configuration_metrics_weights_checkpoint_and_report()
    {
        string run = _folder["run"];
        Assert.Equal(0, (await CommandRun.Run([.. Tiny, "--output", run])).ExitCode);
        Assert.Equal(
            ["checkpoint.safetensors", "config.json", "metrics.jsonl", "model.safetensors", "report.html"],
            Directory.GetFiles(run).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        var config = RunConfig.Read(Path.Combine(run, "config.json"));
        Assert.Equal(("minimal", 3, 200), (config.Request.Model.Name, config.Request.Epochs, config.Request.Samples));
        Assert.Equal((180, 20, 50), (config.Data.Training, config.Data.Validation, config.Data.Test));

        MetricsPoint[] points = [.. RunLog.Read(Path.Combine(run, "metrics.jsonl"))];
        Assert.Equal([1, 2, 3], points.Where(point => point.EndsEpoch).Select(point => point.Epoch));
        Assert.Equal(Enumerable.Range(1, points[^1].Step), points.Select(point => point.Step));
        Assert.All(points.Where(point => point.EndsEpoch), point => Assert.NotNull(point.ValidationLoss));
        Assert.All(points, point => Assert.Equal(0.1, point.LearningRate));
    }

    [Fact]
    public async Task An_interrupted_training_ends_with_the_bits_of_a_whole_one()
    {
        Assert.Equal(0, (await CommandRun.Run([.. Tiny, "--augment", "Flip,Crop", "--output", _folder["whole"]])).ExitCode);
        using var stop = new CancellationTokenSource();
        using var output = new StopAtFirstEpoch(stop);
        CommandRun cut = await CommandRun.Run(output, live: null, stop.Token, [.. Tiny, "--augment", "Flip,Crop", "--output", _folder["cut"]]);
        Assert.Equal((130, $"fastconv: stopped; continue with: fastconv train --resume {_folder["cut"]}\n"), (cut.ExitCode, cut.Error));
        Assert.True(File.Exists(_folder["cut/model.safetensors"]));
        Assert.False(File.Exists(_folder["cut/report.html"]));

        CommandRun resumed = await CommandRun.Run("train", "--resume", _folder["cut"], "--quiet");
        Assert.Equal((0, ""), (resumed.ExitCode, resumed.Error));
        Assert.StartsWith("test accuracy ", resumed.Output);
        Assert.Equal(await File.ReadAllBytesAsync(_folder["whole/model.safetensors"]), await File.ReadAllBytesAsync(_folder["cut/model.safetensors"]));
        Assert.Equal(
            RunLog.Read(_folder["whole/metrics.jsonl"]).Where(point => point.EndsEpoch).Select(point => (point.Step, point.ValidationLoss)),
            RunLog.Read(_folder["cut/metrics.jsonl"]).Where(point => point.EndsEpoch).Select(point => (point.Step, point.ValidationLoss)));
    }

    [Fact]
    public async Task A_run_is_not_overwritten_and_what_it_is_made_of_not_changed()
    {
        string run = _folder["run"];
        Assert.Equal(0, (await CommandRun.Run([.. Tiny, "--output", run])).ExitCode);
        (await CommandRun.Run([.. Tiny, "--output", run])).AssertRefused(run, "holds a run already");
        (await CommandRun.Run("train", "--resume", run, "--batch", "3")).AssertRefused("--batch cannot be changed by --resume");
        (await CommandRun.Run("train", "--resume", _folder["none"])).AssertRefused(_folder["none"], "no such folder");
        (await CommandRun.Run("train", "--resume", _folder.Path)).AssertRefused("cannot be continued", "config.json");
        (await CommandRun.Run([.. Tiny, "--output", _folder.Write("file", "text")])).AssertRefused("is a file");
        (await CommandRun.Run([.. Tiny, "--output", _folder["file/inner"]])).AssertRefused("cannot be written to");
        _folder.Write("run/config.json", "{}");
        (await CommandRun.Run("train", "--resume", run)).AssertRefused("config.json");
    }

    [Fact]
    public async Task Saved_weights_need_nothing_beside_them()
    {
        string run = _folder["run"];
        CommandRun trained = await CommandRun.Run([.. Tiny, "--class-names", "zero,one", "--output", run, "--json"]);
        JsonElement evaluated = (await CommandRun.Run("evaluate", "--weights", run, "--samples", "50", "--json")).Json();
        foreach ((string ofTraining, string ofEvaluation) in (ReadOnlySpan<(string, string)>)[("testAccuracy", "accuracy"), ("testLoss", "loss")])
        {
            Assert.Equal(trained.Json().GetProperty(ofTraining).GetDouble(), evaluated.GetProperty(ofEvaluation).GetDouble(), 1e-6);
        }

        Assert.Equal(50, evaluated.GetProperty("confusion").EnumerateArray().Sum(row => row.EnumerateArray().Sum(count => count.GetInt32())));
        Assert.Equal(["zero", "one", "2"], evaluated.GetProperty("classNames").EnumerateArray().Take(3).Select(name => name.GetString()));

        CommandRun table = await CommandRun.Run("evaluate", "--weights", Path.Combine(run, "model.safetensors"), "--samples", "50");
        Assert.StartsWith("minimal on synthetic digits: accuracy ", table.Output);
        (await CommandRun.Run("evaluate", "--weights", run, "--model", "mlp")).AssertRefused("'minimal'", "'mlp'");
        (await CommandRun.Run("evaluate", "--weights", _folder["none"])).AssertRefused("--weights", _folder["none"]);
        (await CommandRun.Run("evaluate")).AssertRefused("--weights");
        (await CommandRun.Run("evaluate", "--weights", Path.Combine(run, "config.json"))).AssertRefused("config.json");
    }

    [Fact]
    public async Task Inspect_lists_tensors_and_metadata()
    {
        string run = _folder["run"];
        Assert.Equal(0, (await CommandRun.Run([.. Tiny, "--output", run])).ExitCode);
        string file = Path.Combine(run, "model.safetensors");
        JsonElement report = (await CommandRun.Run("inspect", file, "--json")).Json();
        Assert.Equal(544, report.GetProperty("elements").GetInt64());
        Assert.Equal("minimal", report.GetProperty("metadata").GetProperty("fastconv.model").GetString());
        Assert.Equal(["0.weight", "0.bias", "4.weight", "4.bias"], report.GetProperty("tensors").EnumerateArray().Select(tensor => tensor.GetProperty("name").GetString()));
        CommandRun table = await CommandRun.Run("inspect", file);
        Assert.Contains("4.weight  F32   [10, 50]", table.Output);
        (await CommandRun.Run("inspect", _folder["none"])).AssertRefused("none");
        (await CommandRun.Run("inspect", Path.Combine(run, "report.html"))).AssertRefused("report.html");
    }

    [Fact]
    public async Task Predict_names_classes_the_most_probable_first()
    {
        string run = _folder["run"];
        Assert.Equal(0, (await CommandRun.Run([.. Tiny, "--output", run])).ExitCode);
        string row = string.Join(',', Enumerable.Range(0, 28 * 28).Select(pixel => pixel % 256));
        string csv = _folder.Write("samples.csv", $"3,{row}\n7,{row}\n");
        CommandRun predicted = await CommandRun.Run("predict", "--weights", run, "--images", csv, "--label-column", "1", "--top", "2", "--json");
        JsonElement[] lines = [.. predicted.Output.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(["3", "7"], lines.Select(line => line.GetProperty("label").GetString()).Order());
        Assert.All(lines, line => Assert.Equal(2, line.GetProperty("predictions").GetArrayLength()));
        Assert.All(lines, line =>
        {
            double[] probabilities = [.. line.GetProperty("predictions").EnumerateArray().Select(prediction => prediction.GetProperty("probability").GetDouble())];
            Assert.InRange(probabilities[0], probabilities[1], 1);
        });
        (await CommandRun.Run("predict", "--weights", run)).AssertRefused("expects photos");
        (await CommandRun.Run("predict", "--weights", run, _folder["none.png"])).AssertRefused("none.png");
        (await CommandRun.Run("predict", "--weights", run, csv, "--images", csv, "--label-column", "1")).AssertRefused("one or the other");
    }

    private sealed class StopAtFirstEpoch(CancellationTokenSource stop) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value?.StartsWith("epoch 1/", StringComparison.Ordinal) == true)
            {
                stop.Cancel();
            }
        }
    }
}
