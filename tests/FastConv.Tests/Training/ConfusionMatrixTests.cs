using FastConv.Data;
using FastConv.Layers;
using FastConv.Losses;
using FastConv.Tensors;
using FastConv.Tests.Cases;
using FastConv.Training;

namespace FastConv.Tests.Training;

public sealed class ConfusionMatrixTests
{
    [Fact]
    public void Counts_shares_and_undecided_samples()
    {
        var matrix = new ConfusionMatrix(3);
        foreach ((int actual, int predicted) in ((int, int)[])[(0, 0), (0, 0), (0, 1), (1, 1), (2, 1), (2, -1)])
        {
            matrix.Add(actual, predicted);
        }

        Assert.Equal((6, 1, 2, 1), (matrix.Count, matrix.Undecided, matrix[0, 0], matrix[2, 1]));
        Assert.Equal(0.5, matrix.Accuracy);
        Assert.Equal((2.0 / 3, 1, 0), (matrix.Recall(0), matrix.Recall(1), matrix.Recall(2)));
        Assert.Equal((1, 1.0 / 3, double.NaN), (matrix.Precision(0), matrix.Precision(1), matrix.Precision(2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Add(3, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Add(-1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix[0, 3]);
        Assert.Equal(6, matrix.Count);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    [InlineData(9, 3)]
    public void Top_counts_the_place_of_the_right_class(int top, int expected)
    {
        // Places 0, 1 (the first of equals comes first), 2, and never.
        Tensor prediction = Tensor.From([3, 2, 1, 2, 2, 1, 3, 2, 1, 3, float.NaN, 1], 4, 3);
        Assert.Equal(expected, Accuracy.CountTop(prediction, [0, 1, 2, 0], top));
        Assert.Equal(0, Accuracy.CountTop(prediction, [-100, 3, -1, 0], top));
    }

    [Fact]
    public void Top_one_is_accuracy()
    {
        Tensor prediction = Tensor.From(TestTensors.Random(1, 70), 10, 7);
        int[] labels = [0, 1, 2, 3, 4, 5, 6, 0, 1, 2];
        Assert.Equal(Accuracy.CountCorrect(prediction, labels, 0), Accuracy.CountTop(prediction, labels, 1));
    }

    [Fact]
    public void A_report_agrees_with_the_plain_measurement()
    {
        SyntheticDigits digits = TrainingCases.TinyDigits(23);
        Sequential model = TrainingCases.TinyModel();
        EvaluationReport report = Evaluation.Report(model, new CrossEntropyLoss(), digits, top: 2, batchSize: 5);
        Assert.Equal(Evaluation.Run(model, new CrossEntropyLoss(), digits, batchSize: 5), report.Result);
        Assert.Equal(report.Result.Accuracy, report.Confusion.Accuracy);
        Assert.Equal(23, report.Confusion.Count);
        Assert.InRange(report.TopAccuracy, report.Result.Accuracy, 1);
        Assert.Equal((3, 1), (Evaluation.Report(model, new CrossEntropyLoss(), digits).Top, Evaluation.Report(model, new CrossEntropyLoss(), digits).TopAccuracy));
    }

    [Fact]
    public void One_column_has_two_classes()
    {
        var dataset = new InMemoryDataset(Tensor.From([0.3f, -2, 0.1f, -0.1f], 4, 1), [1, 0, 1, 1]);
        EvaluationReport report = Evaluation.Report(new Sequential(new Flatten()), new BceWithLogitsLoss(), dataset, top: 1);
        Assert.Equal((0.75, 0.75, 2, 1), (report.Result.Accuracy, report.TopAccuracy, report.Confusion[1, 1], report.Confusion[1, 0]));
        Assert.Equal(1, Evaluation.Report(new Sequential(new Flatten()), new BceWithLogitsLoss(), dataset).TopAccuracy);
    }
}
