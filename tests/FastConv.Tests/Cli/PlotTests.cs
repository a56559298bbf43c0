using System.Globalization;
using System.Xml.Linq;
using FastConv.Cli.Curves;
using FastConv.Tests.Cases;
using FastConv.Training;

namespace FastConv.Tests.Cli;

public sealed class PlotTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Training_writes_a_picture_of_two_panels_with_two_curves_each()
    {
        string path = _folder["curves.svg"];
        CommandRun run = await CommandRun.Run("train", "--model", "mlp", "--samples", "100", "--test-samples", "20", "--epochs", "2", "--plot", path);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains(path, run.Output);
        XElement svg = XDocument.Load(path).Root!;
        string[] texts = [.. Elements(svg, "text").Select(text => text.Value)];
        Assert.Contains("Loss", texts);
        Assert.Contains("Accuracy", texts);
        Assert.Contains("epoch", texts);
        Assert.StartsWith("mlp on synthetic digits: test accuracy ", texts[0]);
        Assert.Equal(4, Elements(svg, "polyline").Count());
        Assert.All(Elements(svg, "polyline"), line => Assert.All(
            line.Attribute("points")!.Value.Split(' ', ','), number => Assert.InRange(double.Parse(number, CultureInfo.InvariantCulture), 0, 960)));
    }

    [Fact]
    public async Task A_path_that_cannot_be_written_is_refused_before_training()
    {
        (await Plot("curves.png")).AssertRefused("--plot", ".svg", "curves.png");
        (await Plot(_folder["none/curves.svg"])).AssertRefused("--plot", _folder["none"]);
        Directory.CreateDirectory(_folder["folder.svg"]);
        (await Plot(_folder["folder.svg"])).AssertRefused("--plot", "is a folder");

        static Task<CommandRun> Plot(string path) => CommandRun.Run("train", "--plot", path);
    }

    [Fact]
    public void Points_are_means_over_the_steps_they_stand_for()
    {
        var curve = new TrainingCurve(totalSteps: 300, epochSteps: 150);
        curve.Report(At(epoch: 1, step: 1, loss: 4, accuracy: 0, count: 10));
        curve.Report(At(epoch: 1, step: 2, loss: 3, accuracy: 0.25, count: 20));
        curve.Report(At(epoch: 1, step: 3, loss: 2, accuracy: 0.5, count: 30) with { IsEndOfEpoch = true, Validation = new EvaluationResult(7, 0.7, 5) });
        curve.Report(At(epoch: 2, step: 4, loss: 5, accuracy: 0.1, count: 10));

        // 3 over 20 samples; then what 2 over 30 adds to it, which is 0 over 10, together with 5 over the first 10 of the next epoch.
        Assert.Equal([new CurveSample(1.5, 3, 0.25), new CurveSample(3.5, 2.5, 0.55)], curve.Training.Select(Rounded));
        Assert.Equal([new CurveSample(3, 7, 0.7)], curve.Validation);

        static CurveSample Rounded(CurveSample sample) => new(sample.Step, Math.Round(sample.Loss, 9), Math.Round(sample.Accuracy, 9));
        static TrainingProgress At(int epoch, int step, double loss, double accuracy, int count) =>
            new() { Epoch = epoch, Step = step, Training = new EvaluationResult(loss, accuracy, count) };
    }

    [Theory]
    [InlineData(0, 2.31, 5, true, new[] { 0, 0.5, 1, 1.5, 2, 2.5 }, 1)]
    [InlineData(83, 100, 5, true, new[] { 80.0, 85, 90, 95, 100 }, 0)]
    [InlineData(0, 3, 6, false, new[] { 0, 0.5, 1, 1.5, 2, 2.5, 3 }, 1)]
    [InlineData(0, 169, 6, false, new[] { 0.0, 50, 100, 150 }, 0)]
    [InlineData(0, 0.0042, 5, true, new[] { 0, 0.001, 0.002, 0.003, 0.004, 0.005 }, 3)]
    public void Marks_are_round_numbers(double low, double high, int marks, bool round, double[] expected, int decimals)
    {
        var axis = new Axis(low, high, start: 100, end: 0, marks, round);
        Assert.Equal(expected, axis.Ticks.Select(tick => Math.Round(tick, 9)));
        Assert.All(axis.Ticks, tick => Assert.False(double.IsNegative(tick)));
        Assert.Equal(decimals, axis.Decimals);
        if (round)
        {
            Assert.Equal((100, 0), (axis.Place(expected[0]), Math.Round(axis.Place(expected[^1]), 9)));
        }
    }

    [Fact]
    public void A_picture_of_almost_nothing_can_be_drawn()
    {
        var curve = new TrainingCurve(totalSteps: 1, epochSteps: 1);
        Assert.DoesNotContain("NaN", CurveFigure.Draw("a < b & c", curve));
        curve.Report(new TrainingProgress { Epoch = 1, Step = 1, Training = new EvaluationResult(0, 1, 3), IsEndOfEpoch = true });
        string text = CurveFigure.Draw("a < b & c", curve);
        Assert.DoesNotContain("NaN", text);
        XElement svg = XDocument.Parse(text).Root!;
        Assert.Equal("a < b & c", Elements(svg, "text").First().Value);
        Assert.Equal(2, Elements(svg, "circle").Count());
    }

    private static IEnumerable<XElement> Elements(XElement svg, string name) => svg.Descendants().Where(element => element.Name.LocalName == name);
}
