using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Simd;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Primitives;

/// <summary>Not a bit of a pooling, a dropout mask or laid-out windows depends on the width of the vectors; nor on the threads.</summary>
[Collection(ThreadCases.Collection)]
public sealed class MemorySpeedVectorTests
{
    private static readonly int[] Widths = SimdDispatch.HasFusedMultiplyAdd ? [16, 8, 4, 1] : [SimdDispatch.LargestLanes];

    [Fact]
    public void MaxPool2d_HasTheSameBits()
    {
        foreach (Pool2dShape shape in PoolCases.Random(11, 60, isDilated: true).Concat(PoolCases.VectorBoundaries))
        {
            float[] input = TestTensors.Random(1, shape.InputShape.Length);
            float[] gradOutput = TestTensors.Random(2, shape.OutputShape.Length);
            AssertSameBits(shape.ToString(), () =>
            {
                (float[] output, int[] argmax) = MaxPool2dTests.Forward(shape, input);
                return [.. output, .. argmax.Select(tap => (float)tap), .. MaxPool2dTests.Backward(shape, gradOutput, argmax)];
            });
        }
    }

    [Fact]
    public void AvgPool2d_HasTheSameBits()
    {
        foreach (Pool2dShape shape in PoolCases.Random(12, 60, isDilated: false).Concat(PoolCases.VectorBoundaries))
        {
            float[] input = TestTensors.Random(1, shape.InputShape.Length);
            AssertSameBits(shape.ToString(), () =>
            {
                float[] output = TestTensors.NaNs(shape.OutputShape.Length);
                float[] gradInput = TestTensors.NaNs(input.Length);
                AvgPool2dPrimitives.Forward(shape, input, output, countIncludePad: false);
                AvgPool2dPrimitives.Backward(shape, output, gradInput, countIncludePad: false);
                return [.. output, .. gradInput];
            });
        }
    }

    [Theory]
    [InlineData(37, 1)]
    [InlineData(3, 15)]
    [InlineData(17, 49)]
    [InlineData(33, 4096)]
    [InlineData(2, 4097)]
    public void GlobalAvgPool2d_HasTheSameBits(int planes, int plane)
    {
        float[] input = TestTensors.Random(1, planes * plane);
        AssertSameBits($"{planes} planes of {plane}", () =>
        {
            float[] output = TestTensors.NaNs(planes);
            float[] gradInput = TestTensors.NaNs(input.Length);
            GlobalAvgPool2dPrimitives.Forward(planes, plane, input, output);
            GlobalAvgPool2dPrimitives.Backward(planes, plane, output, gradInput);
            return [.. output, .. gradInput];
        });
    }

    [Fact]
    public void Dropout_HasTheSameBits()
    {
        foreach (int length in (int[])[1, 31, 32, 33, 255, 256, 257, 16_385, 70_001])
        {
            float[] x = TestTensors.Random(1, length);
            AssertSameBits($"length {length}", () =>
            {
                float[] y = TestTensors.NaNs(length);
                DropoutPrimitives.Forward(x, 0.3f, 9, 4, y);
                return y;
            });
        }
    }

    [Fact]
    public void Im2ColAndCol2Im_HaveTheSameBits()
    {
        foreach (int width in (int[])[1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 18, 31, 32, 33, 34, 56])
        {
            foreach ((int window, int stride, int padding) in ((int, int, int)[])[(1, 2, 0), (3, 1, 1), (3, 2, 1), (3, 2, 0), (2, 2, 0), (7, 2, 3), (5, 3, 2), (3, 1, 0)])
            {
                if (window > width + 2 * padding)
                {
                    continue;
                }

                var shape = Conv2dShape.Create(1, 2, width, width, 1, window, stride, padding);
                float[] input = TestTensors.Random(1, shape.InputShape.Length);
                float[] gradient = TestTensors.Random(2, Im2ColPrimitives.ColumnsLength(shape));
                AssertSameBits(shape.ToString(), () =>
                {
                    GuardedValues columns = GuardedValues.Unwritten(gradient.Length);
                    GuardedValues gradInput = GuardedValues.Unwritten(input.Length);
                    Im2ColPrimitives.Im2Col(shape, new GuardedValues(input).Span, columns.Span);
                    Im2ColPrimitives.Col2Im(shape, new GuardedValues(gradient).Span, gradInput.Span);
                    columns.AssertGuardsUntouched();
                    gradInput.AssertGuardsUntouched();
                    return [.. columns.Span, .. gradInput.Span];
                });
            }
        }
    }

    private static void AssertSameBits(string context, Func<float[]> run)
    {
        int before = SimdDispatch.LargestLanes;
        try
        {
            float[]? expected = null;
            foreach (int lanes in Widths)
            {
                SimdDispatch.LargestLanes = lanes;
                float[] actual = run();
                expected ??= actual;
                TestTensors.AssertSameBits(expected, actual, $"{lanes} lanes, {context}");
            }
        }
        finally
        {
            SimdDispatch.LargestLanes = before;
        }
    }
}
