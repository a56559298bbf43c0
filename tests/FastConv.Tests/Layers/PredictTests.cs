using FastConv.Layers;
using FastConv.Memory;
using FastConv.Shapes;
using FastConv.Tensors;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Layers;

/// <summary>Prediction from many threads, and what it rents.</summary>
[Collection(ThreadCases.Collection)]
public sealed class PredictTests
{
    [Fact]
    public void Many_threads_predict_at_once_with_different_shapes_and_agree_with_evaluation()
    {
        Layer model = ModelCases.Everything();
        model.Initialize(1);
        model.Eval();
        Tensor[] inputs = [.. Enumerable.Range(1, 4).Select(batch => ModelCases.Input(batch))];
        float[][] expected = [.. inputs.Select(input => model.Forward(input).Span.ToArray())];
        model.Train();
        float[][] state = [.. model.State.Select(entry => entry.Value.Span.ToArray())];
        long rented = BufferPool.Rented;
        Parallel.For(0, 32, new ParallelOptions { MaxDegreeOfParallelism = 4 }, call =>
        {
            int index = call % inputs.Length;
            TestTensors.AssertClose(TestTensors.ToDouble(expected[index]), model.Predict(inputs[index]).Span, context: $"call {call}");
        });
        Assert.Equal(rented, BufferPool.Rented);
        for (int entry = 0; entry < state.Length; entry++)
        {
            TestTensors.AssertSameBits(state[entry], model.State[entry].Value.Span, model.State[entry].Name);
        }
    }

    [Fact]
    public void Prediction_between_forward_and_backward_changes_nothing_about_them()
    {
        Layer model = ModelCases.Everything();
        model.Initialize(1);
        Tensor x = ModelCases.Input(3);
        Tensor gradOutput = model.Forward(x).Clone();
        float[] gradInput = model.Backward(gradOutput)!.Span.ToArray();
        model.Predict(ModelCases.Input(1));
        model.Predict(ModelCases.Input(2));
        model.Predict(ModelCases.Input(4));
        TestTensors.AssertSameBits(gradInput, model.Backward(gradOutput)!.Span);
    }

    [Fact]
    public void A_layer_that_fails_in_prediction_leaves_no_buffer_rented()
    {
        var model = new Sequential(
            new ScaleLayer(2), new ReLU(), new ScaleLayer(), new Residual(new Sequential(new ScaleLayer(), new Failing()), new ScaleLayer()), new ScaleLayer());
        long rented = BufferPool.Rented;
        Assert.Throws<InvalidOperationException>(() => model.Predict(new Tensor(2, 3)));
        Assert.Equal(rented, BufferPool.Rented);
    }

    private sealed class Failing : LeafLayer
    {
        public override TensorShape OutputShape(TensorShape inputShape) => inputShape;

        protected override void InferCore(TensorShape inputShape, ReadOnlySpan<float> input, Span<float> output) =>
            throw new InvalidOperationException();

        protected override void BackwardCore(Tensor input, Tensor output, Tensor gradOutput, Tensor? gradInput) =>
            throw new InvalidOperationException();
    }
}
