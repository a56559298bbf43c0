using FastConv.Primitives;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Primitives;

/// <summary>Activations, softmax and losses have the same bits in every vector with FMA, at every kind of tail.</summary>
[Collection(ThreadCases.Collection)]
public sealed class VectorBitsTests
{
    private static readonly int[] Lengths = [1, 3, 10, 16, 37, 100, 5000];

    public static TheoryData<string> Activations => ActivationCases.Names;

    public static TheoryData<string> ElementLosses => ElementLossCases.Names;

    public static TheoryData<string> ClassLosses => ClassLossCases.Names;

    [Theory]
    [MemberData(nameof(Activations))]
    public void Of_activations(string name)
    {
        ActivationCase activation = ActivationCases.Get(name);
        foreach (int length in Lengths)
        {
            float[] x = TestTensors.Random(length, length, -6, 6);
            LaneCases.AssertSameBitsInAnyVector(() =>
            {
                float[] y = TestTensors.NaNs(length);
                float[] gradInput = TestTensors.NaNs(length);
                activation.Forward(x, y);
                activation.Backward(activation.RemembersInput ? x : y, x, gradInput);
                return [.. y, .. gradInput];
            });
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Of_softmax_and_its_logarithm(bool isLog)
    {
        foreach (int columns in Lengths)
        {
            float[] x = TestTensors.Random(columns, 3 * columns, -6, 6);
            LaneCases.AssertSameBitsInAnyVector(() =>
            {
                float[] y = TestTensors.NaNs(x.Length);
                float[] gradInput = TestTensors.NaNs(x.Length);
                SoftmaxTests.Forward(isLog, 3, columns, x, y);
                SoftmaxTests.Backward(isLog, 3, columns, y, x, gradInput);
                return [.. y, .. gradInput];
            });
        }
    }

    [Theory]
    [MemberData(nameof(ElementLosses))]
    public void Of_elementwise_losses(string name)
    {
        ElementLossCase loss = ElementLossCases.Get(name);
        foreach (int length in Lengths)
        {
            float[] prediction = loss.Predictions(length, length);
            float[] target = ElementLossCase.Targets(length + 1, length);
            LaneCases.AssertSameBitsInAnyVector(() =>
            {
                float[] gradient = TestTensors.NaNs(length);
                loss.Backward(prediction, target, gradient);
                return [loss.Forward(prediction, target), .. gradient];
            });
        }
    }

    [Theory]
    [MemberData(nameof(ClassLosses))]
    public void Of_classification_losses(string name)
    {
        ClassLossCase batch = ClassLossCases.Get(name);
        LaneCases.AssertSameBitsInAnyVector(() =>
        {
            float[] probabilities = TestTensors.NaNs(batch.Logits.Length);
            float[] byLabels = TestTensors.NaNs(batch.Logits.Length);
            float[] byTargets = TestTensors.NaNs(batch.Logits.Length);
            float labels = CrossEntropyPrimitives.Forward(batch.Rows, batch.Classes, batch.Logits, batch.Labels, probabilities, batch.Options);
            float targets = CrossEntropyPrimitives.Forward(batch.Rows, batch.Classes, batch.Logits, batch.Targets, probabilities, batch.Options);
            CrossEntropyPrimitives.Backward(batch.Rows, batch.Classes, probabilities, batch.Labels, byLabels, batch.Options);
            CrossEntropyPrimitives.Backward(batch.Rows, batch.Classes, probabilities, batch.Targets, byTargets, batch.Options);
            float likelihood = NllPrimitives.Forward(batch.Rows, batch.Classes, batch.Logits, batch.Targets, batch.Weights);
            return [labels, targets, likelihood, .. probabilities, .. byLabels, .. byTargets];
        });
    }
}
