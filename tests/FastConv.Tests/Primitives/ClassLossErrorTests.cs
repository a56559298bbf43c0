using FastConv.Primitives;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Primitives;

/// <summary>What cross-entropy and negative log-likelihood refuse, and that they write nothing then.</summary>
public sealed class ClassLossErrorTests
{
    private readonly float[] _probabilities = TestTensors.NaNs(6);
    private readonly float[] _gradient = TestTensors.NaNs(6);
    private readonly float[] _logits = TestTensors.Random(1, 6);

    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    public void Labels_that_are_no_class_are_refused(int bad)
    {
        const string Expected = "labels expect classes from 0 to 2 or the ignored -100, received";
        Assert.Contains($"CrossEntropy.Forward: {Expected} {bad} in row 1", Refused(() => CrossEntropyPrimitives.Forward(2, 3, _logits, [0, bad], _probabilities)), StringComparison.Ordinal);
        Assert.Contains($"CrossEntropy.Backward: {Expected}", Refused(() => CrossEntropyPrimitives.Backward(2, 3, _logits, [bad, 0], _gradient)), StringComparison.Ordinal);
        Assert.Contains($"Nll.Forward: {Expected}", Refused(() => NllPrimitives.Forward(2, 3, _logits, [0, bad])), StringComparison.Ordinal);
        Assert.Contains($"Nll.Backward: {Expected}", Refused(() => NllPrimitives.Backward(2, 3, [0, bad], _gradient)), StringComparison.Ordinal);
        AssertUntouched();
    }

    [Fact]
    public void The_default_ignored_label_is_an_error_when_another_is_ignored()
    {
        var options = new CrossEntropyOptions { IgnoreIndex = -1 };
        Refused(() => CrossEntropyPrimitives.Forward(2, 3, _logits, [0, -100], _probabilities, options));
        Refused(() => NllPrimitives.Backward(2, 3, [0, -100], _gradient, ignoreIndex: -1));
        AssertUntouched();
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(2, 0)]
    [InlineData(-2, -3)]
    [InlineData(3, 3)]
    [InlineData(2, 4)]
    [InlineData(65536, 65536)]
    public void Sizes_that_do_not_fit_are_refused(int rows, int classes)
    {
        int[] labels = new int[Math.Clamp(rows, 0, 8)];
        float[] targets = new float[6];
        Refused(() => CrossEntropyPrimitives.Forward(rows, classes, _logits, labels, _probabilities));
        Refused(() => CrossEntropyPrimitives.Forward(rows, classes, _logits, targets, _probabilities));
        Refused(() => CrossEntropyPrimitives.Backward(rows, classes, _logits, labels, _gradient));
        Refused(() => CrossEntropyPrimitives.Backward(rows, classes, _logits, targets, _gradient));
        Refused(() => NllPrimitives.Forward(rows, classes, _logits, labels));
        Refused(() => NllPrimitives.Forward(rows, classes, _logits, targets));
        Refused(() => NllPrimitives.Backward(rows, classes, labels, _gradient));
        Refused(() => NllPrimitives.Backward(rows, classes, targets, _gradient));
        AssertUntouched();
    }

    [Fact]
    public void Labels_targets_weights_and_outputs_of_another_length_are_refused()
    {
        var weights = new CrossEntropyOptions { ClassWeights = new float[] { 1, 2 } };
        Assert.Contains("labels expects 2 elements, received 3", Refused(() => CrossEntropyPrimitives.Forward(2, 3, _logits, [0, 1, 2], _probabilities)), StringComparison.Ordinal);
        Assert.Contains("targets expects 6 elements, received 5", Refused(() => CrossEntropyPrimitives.Forward(2, 3, _logits, new float[5], _probabilities)), StringComparison.Ordinal);
        Assert.Contains("classWeights expects 3 elements or none, received 2", Refused(() => CrossEntropyPrimitives.Forward(2, 3, _logits, [0, 1], _probabilities, weights)), StringComparison.Ordinal);
        Refused(() => CrossEntropyPrimitives.Forward(2, 3, _logits, new float[6], _probabilities, weights));
        Refused(() => CrossEntropyPrimitives.Forward(2, 3, _logits, [0, 1], _probabilities.AsSpan(1)));
        Refused(() => CrossEntropyPrimitives.Backward(2, 3, _logits, [0, 1, 2], _gradient));
        Refused(() => CrossEntropyPrimitives.Backward(2, 3, _logits, new float[7], _gradient));
        Refused(() => CrossEntropyPrimitives.Backward(2, 3, _logits, [0, 1], _gradient.AsSpan(1)));
        Refused(() => CrossEntropyPrimitives.Backward(2, 3, _logits, [0, 1], _gradient, weights));
        Refused(() => NllPrimitives.Forward(2, 3, _logits, [0]));
        Refused(() => NllPrimitives.Forward(2, 3, _logits, [0, 1], [1f, 2]));
        Refused(() => NllPrimitives.Backward(2, 3, [0, 1], _gradient, [1f, 2]));
        Refused(() => NllPrimitives.Backward(2, 3, [0, 1], _gradient.AsSpan(1)));
        Refused(() => NllPrimitives.Backward(2, 3, new float[5], _gradient));
        AssertUntouched();
    }

    [Fact]
    public void Shared_memory_is_refused_where_it_would_be_read_after_it_is_written()
    {
        Refused(() => CrossEntropyPrimitives.Forward(2, 3, _probabilities, [0, 1], _probabilities));
        Refused(() => CrossEntropyPrimitives.Forward(2, 3, _logits, _probabilities, _probabilities));
        Refused(() => CrossEntropyPrimitives.Backward(1, 5, _gradient.AsSpan(1), [0], _gradient.AsSpan(0, 5)));
        Refused(() => CrossEntropyPrimitives.Backward(1, 5, new float[5], _gradient.AsSpan(1), _gradient.AsSpan(0, 5)));
        Refused(() => NllPrimitives.Backward(1, 5, _gradient.AsSpan(1), _gradient.AsSpan(0, 5)));
        AssertUntouched();
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(-0.5f)]
    [InlineData(float.PositiveInfinity)]
    public void Numbers_that_are_no_share_and_no_weight_are_refused(float bad)
    {
        Assert.Contains("CrossEntropy: LabelSmoothing expects a number from 0 to 1", Refused(() => _ = new CrossEntropyOptions { LabelSmoothing = bad }), StringComparison.Ordinal);
        Assert.Contains("class weights expect finite numbers of at least 0", Refused(() => _ = new CrossEntropyOptions { ClassWeights = new[] { 1, bad } }), StringComparison.Ordinal);
        Refused(() => NllPrimitives.Forward(2, 3, _logits, [0, 1], [1, 1, bad]));
        Refused(() => NllPrimitives.Backward(2, 3, [0, 1], _gradient, [1, 1, bad]));
        AssertUntouched();
    }

    [Fact]
    public void Class_weights_are_copied()
    {
        float[] weights = [1, 2];
        var options = new CrossEntropyOptions { ClassWeights = weights };
        weights[0] = 5;
        Assert.Equal([1, 2], options.ClassWeights.ToArray());
    }

    private static string Refused(Action call) => Assert.ThrowsAny<ArgumentException>(call).Message;

    private void AssertUntouched()
    {
        TestTensors.AssertUntouched(_probabilities);
        TestTensors.AssertUntouched(_gradient);
    }
}
