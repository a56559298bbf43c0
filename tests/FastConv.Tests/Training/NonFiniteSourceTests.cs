using FastConv.Data;
using FastConv.Layers;
using FastConv.Losses;
using FastConv.Optimizers;
using FastConv.Shapes;
using FastConv.Tensors;
using FastConv.Tests.Cases;
using FastConv.Training;

namespace FastConv.Tests.Training;

public sealed class NonFiniteSourceTests
{
    [Fact]
    public void The_batch_is_named()
    {
        InMemoryDataset digits = TrainingCases.WithPixel(TrainingCases.TinyDigits(6), image: 1, float.NaN);
        AssertStops(TrainingCases.TinyModel(), digits, "the batch [3, 1, 8, 8] has a value that is not finite");
    }

    [Fact]
    public void A_parameter_is_named()
    {
        Sequential model = TrainingCases.TinyModel();
        model.Parameters[2].Value.Span[0] = float.PositiveInfinity;
        AssertStops(model, TrainingCases.TinyDigits(6), "the parameter '4.weight' [3, 64] has a value that is not finite");
    }

    [Fact]
    public void A_layer_within_containers_is_named_and_the_model_is_left_alone()
    {
        var model = new Sequential(
            new Conv2d(1, 2, kernelSize: 3, padding: 1), new BatchNorm2d(2), new ReLU(), new Dropout(0.25f),
            new Residual(new Sequential(new BatchNorm2d(2), new Overflow(), new ReLU())), new Flatten(), new Linear(2 * 64, 3));
        model.Initialize(1);
        Tensor images = Tensor.From(TestTensors.Random(1, 3 * 64), 3, 1, 8, 8);
        model.Forward(images);
        float[] before = [.. model.State.SelectMany(entry => entry.Value.Values.ToArray())];
        long passes = ((Dropout)model[3]).Passes;
        Assert.Equal("it first appeared in the output of Overflow '4.body.1' [3, 2, 8, 8]", NonFiniteSource.Describe(model, images));
        TestTensors.AssertSameBits(before, [.. model.State.SelectMany(entry => entry.Value.Values.ToArray())]);
        Assert.Equal(passes, ((Dropout)model[3]).Passes);

        // It still runs as a whole.
        model.Backward(new Tensor(model.Forward(images).Shape));
    }

    [Fact]
    public void The_loss_is_named_where_all_outputs_are_finite()
    {
        Sequential model = TrainingCases.TinyModel(outputs: 1);
        model.Parameters[^1].Value.Span.Fill(1e30f);
        SyntheticDigits digits = TrainingCases.TinyDigits(6, classes: 2);
        NotFiniteNumberException exception = Assert.Throws<NotFiniteNumberException>(
            () => new Trainer(model, new MseLoss(), new Sgd(model.Parameters)).Fit(new DataLoader(digits, 3)));
        Assert.Contains("the outputs of all layers are finite, the loss of them is not", exception.Message, StringComparison.Ordinal);
    }

    private static void AssertStops(Sequential model, IDataset dataset, string message)
    {
        NotFiniteNumberException exception = Assert.Throws<NotFiniteNumberException>(
            () => new Trainer(model, new CrossEntropyLoss(), new Sgd(model.Parameters)).Fit(new DataLoader(dataset, 3)));
        Assert.Contains($"the loss of epoch 1, step 1 is NaN: {message}", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>Makes every value infinite.</summary>
    private sealed class Overflow : LeafLayer
    {
        public override TensorShape OutputShape(TensorShape inputShape) => inputShape;

        protected override void InferCore(TensorShape inputShape, ReadOnlySpan<float> input, Span<float> output) => output.Fill(float.PositiveInfinity);

        protected override void BackwardCore(Tensor input, Tensor output, Tensor gradOutput, Tensor? gradInput) => gradInput?.Span.Clear();
    }
}
