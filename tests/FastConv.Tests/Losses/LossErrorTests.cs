using FastConv.Losses;
using FastConv.Tensors;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Losses;

public sealed class LossErrorTests
{
    private static Tensor Prediction => Tensor.From(TestTensors.Random(1, 6, 0.1f, 0.9f), 2, 3);

    [Fact]
    public void Backward_takes_a_forward_that_was_not_refused()
    {
        foreach (Loss loss in LossTests.All())
        {
            Assert.Contains($"{loss.GetType().Name}: Backward expects a Forward", Assert.Throws<InvalidOperationException>(() => loss.Backward()).Message, StringComparison.Ordinal);
            loss.Forward(Prediction, [0, 1]);
            loss.Backward();
            Refused(() => loss.Forward(Prediction, [0, 3]));
            Assert.Throws<InvalidOperationException>(() => loss.Backward());
        }
    }

    [Fact]
    public void Labels_out_of_range_are_refused()
    {
        foreach (Loss loss in LossTests.All())
        {
            Assert.Contains("labels expect classes from 0 to 2", Refused(() => loss.Forward(Prediction, [0, 3])), StringComparison.Ordinal);
            Assert.Contains("received -1 in row 1", Refused(() => loss.Forward(Prediction, [0, -1])), StringComparison.Ordinal);
        }

        foreach (Loss loss in new Loss[] { new BceLoss(), new BceWithLogitsLoss() })
        {
            Assert.Contains("labels expect classes from 0 to 1, received 2 in row 0", Refused(() => loss.Forward(Tensor.From([0.5f], 1, 1), [2])), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        foreach (Loss loss in LossTests.All())
        {
            string name = loss.GetType().Name;
            Assert.Contains($"{name}: a prediction of [2, 3] expects 2 labels, received 3", Refused(() => loss.Forward(Prediction, [0, 1, 2])), StringComparison.Ordinal);
            Assert.Contains($"{name}: target expects the prediction's shape [2, 3], received [3, 2]", Refused(() => loss.Forward(Prediction, Prediction.Reshape(3, 2))), StringComparison.Ordinal);
            Assert.Contains("expects a shape [rows, columns], received [6]", Refused(() => loss.Forward(Prediction.Reshape(6), [0, 1, 0, 1, 0, 1])), StringComparison.Ordinal);
            Assert.Contains("expects a shape [rows, columns], received [1, 2, 3]", Refused(() => loss.Forward(Prediction.Reshape(1, 2, 3), [0])), StringComparison.Ordinal);
            Refused(() => loss.Forward(null!, [0]));
            Refused(() => loss.Forward(Prediction, (Tensor)null!));
            Assert.Throws<InvalidOperationException>(() => loss.Backward());
        }

        Tensor image = Prediction.Reshape(1, 2, 3);
        Assert.Contains("CrossEntropyLoss: prediction expects a shape [rows, classes], received [1, 2, 3]", Refused(() => new CrossEntropyLoss().Forward(image, image)), StringComparison.Ordinal);
        Refused(() => new NllLoss().Forward(image, image));
    }

    [Fact]
    public void Class_weights_of_another_number_of_classes_are_refused()
    {
        Assert.Contains("classWeights expects 3 elements or none, received 2", Refused(() => new CrossEntropyLoss(classWeights: new float[] { 1, 2 }).Forward(Prediction, [0, 1])), StringComparison.Ordinal);
        Refused(() => new NllLoss(new float[] { 1, 2 }).Forward(Prediction, [0, 1]));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-0.1)]
    [InlineData(double.PositiveInfinity)]
    public void Numbers_out_of_range_are_refused_by_the_constructors(double bad)
    {
        Refused(() => new CrossEntropyLoss(labelSmoothing: bad));
        Refused(() => new CrossEntropyLoss(classWeights: new[] { (float)bad }));
        Refused(() => new NllLoss(new[] { (float)bad }));
        Assert.Contains("HuberLoss: delta expects", Refused(() => new HuberLoss(bad)), StringComparison.Ordinal);
    }

    [Fact]
    public void Bce_refuses_what_is_no_probability()
    {
        var loss = new BceLoss();
        Refused(() => loss.Forward(Tensor.From([0.5f, 1.5f], 2, 1), [0, 1]));
        Assert.Throws<InvalidOperationException>(() => loss.Backward());
    }

    private static string Refused(Func<object> call) => Assert.ThrowsAny<ArgumentException>(call).Message;
}
