using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tests.Reference;

namespace FastConv.Fuzz.Shapes;

/// <summary>Both pools, forward and backward.</summary>
internal sealed class PoolTarget() : ShapeTarget("pool")
{
    protected override string Run(Random random)
    {
        bool isMax = random.Next(2) == 0;
        Pool2dShape shape = Pool2dShape.Create(
            Size(random, 3), Size(random, 4), Size(random, 20), Size(random, 70), (Size(random, 4), Size(random, 4)), (Size(random, 3), Size(random, 3)),
            Padding.Sides(SizeOrNone(random, 2), SizeOrNone(random, 2), SizeOrNone(random, 2), SizeOrNone(random, 2)), isMax && random.Next(3) == 0 ? (Size(random, 3), Size(random, 3)) : 1);
        if ((long)shape.OutputShape.Length * shape.WindowLength > MostProducts || shape.InputShape.Length > MostProducts)
        {
            return "a shape too large to compare";
        }

        bool isRight = true;
        float[] input = Values(random, LengthFor(random, shape.InputShape.Length, ref isRight));
        float[] output = Unwritten(LengthFor(random, shape.OutputShape.Length, ref isRight));
        return isMax ? $"max {Max(random, shape, input, output, isRight)}" : $"average {Average(random, shape, input, output, isRight)}";
    }

    private static bool Max(Random random, Pool2dShape shape, float[] input, float[] output, bool isRight)
    {
        byte[] argmax = new byte[LengthFor(random, shape.ArgmaxLength, ref isRight)];
        if (!Ran(() => MaxPool2dPrimitives.Forward(shape, input, output, argmax), output, isRight))
        {
            return false;
        }

        (double[] expected, int[] taps) = MaxPool2dReference.Forward(shape, Doubles(input));
        AssertClose($"max pool {shape}", expected, output);
        float[] gradOutput = Values(random, shape.OutputShape.Length);
        float[] gradInput = Unwritten(shape.InputShape.Length);
        MaxPool2dPrimitives.Backward(shape, gradOutput, argmax, gradInput);
        AssertClose($"backward of max pool {shape}", MaxPool2dReference.Backward(shape, Doubles(gradOutput), taps), gradInput);

        // Any bytes may come as argmax: taps that the window does not have are refused, or go to a pixel of the image, but not beyond it.
        random.NextBytes(argmax);
        float[] guarded = Unwritten(shape.InputShape.Length);
        Ran(() => MaxPool2dPrimitives.Backward(shape, gradOutput, argmax, guarded), guarded, mayRun: true);
        return true;
    }

    private static bool Average(Random random, Pool2dShape shape, float[] input, float[] output, bool isRight)
    {
        bool countsPadding = random.Next(2) == 0;
        if (!Ran(() => AvgPool2dPrimitives.Forward(shape, input, output, countsPadding), output, isRight))
        {
            return false;
        }

        AssertClose($"average pool {shape}", AvgPool2dReference.Forward(shape, Doubles(input), countsPadding), output);
        float[] gradOutput = Values(random, shape.OutputShape.Length);
        float[] gradInput = Unwritten(shape.InputShape.Length);
        AvgPool2dPrimitives.Backward(shape, gradOutput, gradInput, countsPadding);
        AssertClose($"backward of average pool {shape}", AvgPool2dReference.Backward(shape, Doubles(gradOutput), countsPadding), gradInput);
        return true;
    }
}
