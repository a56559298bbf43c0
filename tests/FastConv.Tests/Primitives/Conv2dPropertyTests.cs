using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tests.Cases;
using FsCheck;
using FsCheck.Fluent;

namespace FastConv.Tests.Primitives;

/// <summary>What must hold for every convolution, whatever its sizes; a failing shape is made as small as it can be.</summary>
public sealed class Conv2dPropertyTests
{
    // The same shapes in every run.
    private static readonly Config Repeatable = Config.QuickThrowOnFailure.WithMaxTest(150).WithReplay(20_17, 3);

    /// <summary>BackwardInput and BackwardWeight are the adjoints of forward: (conv(x, w), g) = (x, backwardInput(g, w)) = (w, backwardWeight(x, g)).</summary>
    [Fact]
    public void BackwardPasses_AreForwardsAdjoints() => Prop.ForAll(Shapes(), numbers =>
    {
        var test = new ConvCase("any", numbers.ToShape());
        double product = Dot(Forward(test.Shape, test.Input, test.Weight), test.GradOutput);
        double throughInput = Dot(test.Input, BackwardInput(test.Shape, test.GradOutput, test.Weight));
        double throughWeight = Dot(test.Weight, BackwardWeight(test.Shape, test.Input, test.GradOutput));
        double magnitude = Dot(Forward(test.Shape, Absolute(test.Input), Absolute(test.Weight)), Absolute(test.GradOutput));
        double allowed = magnitude * ErrorBound.RelativeError(test.ForwardTerms + test.BackwardInputTerms + test.BackwardWeightTerms);
        Assert.InRange(throughInput - product, -allowed, allowed);
        Assert.InRange(throughWeight - product, -allowed, allowed);
    }).Check(Repeatable);

    /// <summary>conv(2x - 3z, w) = 2 conv(x, w) - 3 conv(z, w), and as much for w.</summary>
    [Fact]
    public void Forward_IsLinearInBothFactors() => Prop.ForAll(Shapes(), numbers =>
    {
        var test = new ConvCase("any", numbers.ToShape());
        float[] otherInput = TestTensors.Random(7, test.Input.Length);
        float[] otherWeight = TestTensors.Random(8, test.Weight.Length);
        float[] magnitude = Forward(
            test.Shape, Combine(Absolute(test.Input), Absolute(otherInput), 2, 3), Combine(Absolute(test.Weight), Absolute(otherWeight), 2, 3));
        float[] first = Forward(test.Shape, test.Input, test.Weight);
        AssertClose(
            Forward(test.Shape, Combine(test.Input, otherInput, 2, -3), test.Weight), Combine(first, Forward(test.Shape, otherInput, test.Weight), 2, -3));
        AssertClose(
            Forward(test.Shape, test.Input, Combine(test.Weight, otherWeight, 2, -3)), Combine(first, Forward(test.Shape, test.Input, otherWeight), 2, -3));

        void AssertClose(float[] actual, float[] expected)
        {
            double relative = ErrorBound.RelativeError(2 * (test.ForwardTerms + 3));
            for (int i = 0; i < actual.Length; i++)
            {
                Assert.InRange(actual[i] - expected[i], -relative * magnitude[i], relative * magnitude[i]);
            }
        }
    }).Check(Repeatable);

    /// <summary>An image does not know its neighbours: a batch gives what its images give alone, bit for bit.</summary>
    [Fact]
    public void Batch_IsItsImages() => Prop.ForAll(Shapes(), numbers =>
    {
        var test = new ConvCase("any", numbers.ToShape());
        Conv2dShape one = test.Shape.WithBatch(1);
        float[] output = Forward(test.Shape, test.Input, test.Weight);
        float[] gradInput = BackwardInput(test.Shape, test.GradOutput, test.Weight);
        for (int image = 0; image < test.Shape.Batch; image++)
        {
            Span<float> input = test.Input.AsSpan(image * one.InputShape.Length, one.InputShape.Length);
            Span<float> gradOutput = test.GradOutput.AsSpan(image * one.OutputShape.Length, one.OutputShape.Length);
            TestTensors.AssertSameBits(Forward(one, input, test.Weight), output.AsSpan(image * one.OutputShape.Length, one.OutputShape.Length));
            TestTensors.AssertSameBits(BackwardInput(one, gradOutput, test.Weight), gradInput.AsSpan(image * input.Length, input.Length));
        }
    }).Check(Repeatable);

    private static Arbitrary<Numbers> Shapes()
    {
        Gen<Size2d> sizes = Gen.Choose(1, 4).SelectMany(_ => Gen.Choose(1, 3), (height, width) => new Size2d(height, width));
        Gen<Numbers> numbers =
            from batch in Gen.Choose(1, 3)
            from groups in Gen.Choose(1, 3)
            from channels in sizes
            from image in Gen.Choose(1, 12).SelectMany(_ => Gen.Choose(1, 20), (height, width) => new Size2d(height, width))
            from kernel in sizes
            from stride in sizes
            from padding in Gen.Choose(0, 4)
            from dilation in sizes
            let candidate = new Numbers(batch, groups, channels.Height, channels.Width, image, kernel, stride, padding, dilation)
            where candidate.IsValid
            select candidate;
        return Arb.From(numbers, candidate => candidate.Smaller().Where(smaller => smaller.IsValid));
    }

    private static float[] Forward(Conv2dShape shape, ReadOnlySpan<float> input, ReadOnlySpan<float> weight)
    {
        float[] output = TestTensors.NaNs(shape.OutputShape.Length);
        Conv2dPrimitives.Forward(shape, input, weight, [], output);
        return output;
    }

    private static float[] BackwardInput(Conv2dShape shape, ReadOnlySpan<float> gradOutput, ReadOnlySpan<float> weight)
    {
        float[] gradInput = TestTensors.NaNs(shape.InputShape.Length);
        Conv2dPrimitives.BackwardInput(shape, gradOutput, weight, gradInput);
        return gradInput;
    }

    private static float[] BackwardWeight(Conv2dShape shape, ReadOnlySpan<float> input, ReadOnlySpan<float> gradOutput)
    {
        var gradWeight = new float[shape.WeightShape.Length];
        Conv2dPrimitives.BackwardWeight(shape, input, gradOutput, gradWeight, []);
        return gradWeight;
    }

    private static float[] Absolute(float[] values) => Array.ConvertAll(values, MathF.Abs);

    private static float[] Combine(float[] x, float[] y, float a, float b) => [.. x.Zip(y, (left, right) => a * left + b * right)];

    private static double Dot(float[] x, float[] y) => x.Zip(y, (left, right) => (double)left * right).Sum();

    private sealed record Numbers(
        int Batch, int Groups, int GroupInChannels, int GroupOutChannels, Size2d Image, Size2d Kernel, Size2d Stride, int Padding, Size2d Dilation)
    {
        public bool IsValid =>
            Batch > 0 && Groups > 0 && GroupInChannels > 0 && GroupOutChannels > 0 && Padding >= 0
            && IsPositive(Image) && IsPositive(Kernel) && IsPositive(Stride) && IsPositive(Dilation)
            && (Kernel.Height - 1) * Dilation.Height < Image.Height + 2 * Padding
            && (Kernel.Width - 1) * Dilation.Width < Image.Width + 2 * Padding;

        public Conv2dShape ToShape() => Conv2dShape.Create(
            Batch, Groups * GroupInChannels, Image.Height, Image.Width, Groups * GroupOutChannels, Kernel, Stride, Padding, Dilation, Groups);

        public IEnumerable<Numbers> Smaller() =>
        [
            this with { Batch = Batch - 1 },
            this with { Groups = Groups - 1 },
            this with { GroupInChannels = GroupInChannels - 1 },
            this with { GroupOutChannels = GroupOutChannels - 1 },
            this with { Image = new Size2d(Image.Height - 1, Image.Width) },
            this with { Image = new Size2d(Image.Height, Image.Width - 1) },
            this with { Kernel = new Size2d(Kernel.Height - 1, Kernel.Width) },
            this with { Kernel = new Size2d(Kernel.Height, Kernel.Width - 1) },
            this with { Stride = new Size2d(Stride.Height - 1, Stride.Width) },
            this with { Stride = new Size2d(Stride.Height, Stride.Width - 1) },
            this with { Padding = Padding - 1 },
            this with { Dilation = new Size2d(Dilation.Height - 1, Dilation.Width) },
            this with { Dilation = new Size2d(Dilation.Height, Dilation.Width - 1) },
        ];

        private static bool IsPositive(Size2d size) => size is { Height: > 0, Width: > 0 };
    }
}
