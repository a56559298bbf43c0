using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tests.Cases;
using FastConv.Tests.Reference;

namespace FastConv.Tests.Primitives;

public sealed class Im2ColPrimitivesTests
{
    [Theory]
    [MemberData(nameof(ConvCases.Names), MemberType = typeof(ConvCases))]
    public void Im2Col_IsTheDefinition(string name)
    {
        ConvCase test = ConvCases.Get(name);
        double[] expected = Im2ColReference.Im2Col(test.Shape, TestTensors.ToDouble(test.Input));
        GuardedValues columns = GuardedValues.Unwritten(expected.Length);
        Im2ColPrimitives.Im2Col(test.Shape, new GuardedValues(test.Input).Span, columns.Span);

        Assert.Equal(expected.Length, Im2ColPrimitives.ColumnsLength(test.Shape));
        TestTensors.AssertSameBits(Array.ConvertAll(expected, value => (float)value), columns.Span, test.ToString());
        columns.AssertGuardsUntouched();
    }

    [Theory]
    [MemberData(nameof(ConvCases.Names), MemberType = typeof(ConvCases))]
    public void Col2Im_IsTheAdjointAndOverwrites(string name)
    {
        ConvCase test = ConvCases.Get(name);
        float[] columns = TestTensors.Random(9, Im2ColReference.LengthOf(test.Shape));
        double[] exact = TestTensors.ToDouble(columns);
        GuardedValues gradInput = GuardedValues.Unwritten(test.Input.Length);
        Im2ColPrimitives.Col2Im(test.Shape, new GuardedValues(columns).Span, gradInput.Span);

        ErrorBound.AssertWithin(
            Im2ColReference.Col2Im(test.Shape, exact),
            Im2ColReference.Col2Im(test.Shape, ErrorBound.Absolute(exact)),
            test.Shape.Vertical.Window * test.Shape.Horizontal.Window,
            gradInput.Span,
            test.ToString());
        gradInput.AssertGuardsUntouched();
    }

    // (im2col(x), c) = (x, col2im(c)) for the references, whose columns are then a matrix that holds windows.
    [Theory]
    [MemberData(nameof(ConvCases.Tiny), MemberType = typeof(ConvCases))]
    public void Reference_IsItsOwnAdjointAndMakesConvolutionAProduct(string name)
    {
        ConvCase test = ConvCases.Get(name);
        Conv2dShape shape = test.Shape;
        double[] input = TestTensors.ToDouble(test.Input);
        double[] columns = Im2ColReference.Im2Col(shape, input);
        double[] gradient = TestTensors.ToDouble(TestTensors.Random(9, columns.Length));

        FiniteDifference.AssertMatches(x => Im2ColReference.Im2Col(shape, x), input, gradient, Im2ColReference.Col2Im(shape, gradient));
        double[] weight = TestTensors.ToDouble(test.Weight);
        double[] output = Conv2dReference.Forward(shape, input, weight, null);
        int block = shape.PatchLength * shape.OutputPlane;
        for (int image = 0; image < shape.Batch; image++)
        {
            for (int group = 0; group < shape.Groups; group++)
            {
                double[] product = GemmReference.Multiply(
                    shape.GroupOutChannels,
                    shape.OutputPlane,
                    shape.PatchLength,
                    weight[(group * shape.GroupOutChannels * shape.PatchLength)..],
                    shape.PatchLength,
                    false,
                    columns[((image * shape.Groups + group) * block)..],
                    shape.OutputPlane,
                    false);
                double[] planes = output[((image * shape.Groups + group) * product.Length)..][..product.Length];
                Assert.All(product.Zip(planes), pair => Assert.Equal(pair.First, pair.Second, 12));
            }
        }
    }

    [Fact]
    public void WrongLengthsAndSharedMemory_AreRefused()
    {
        var shape = Conv2dShape.Create(1, 2, 4, 4, 1, 3);
        float[] input = TestTensors.NaNs(32);
        float[] columns = TestTensors.NaNs(72);
        float[] memory = TestTensors.NaNs(200);

        Assert.Throws<ArgumentException>(() => Im2ColPrimitives.Im2Col(shape, input.AsSpan(1), columns));
        Assert.Throws<ArgumentException>(() => Im2ColPrimitives.Im2Col(shape, input, columns.AsSpan(1)));
        Assert.Throws<ArgumentException>(() => Im2ColPrimitives.Im2Col(shape, memory.AsSpan(0, 32), memory.AsSpan(31, 72)));
        Assert.Throws<ArgumentException>(() => Im2ColPrimitives.Col2Im(shape, columns.AsSpan(1), input));
        Assert.Throws<ArgumentException>(() => Im2ColPrimitives.Col2Im(shape, columns, input.AsSpan(1)));
        Assert.Throws<ArgumentException>(() => Im2ColPrimitives.Col2Im(shape, memory.AsSpan(0, 72), memory.AsSpan(71, 32)));
        Assert.Throws<ArgumentNullException>(() => Im2ColPrimitives.Im2Col(null!, input, columns));
        TestTensors.AssertUntouched(input);
        TestTensors.AssertUntouched(columns);
        TestTensors.AssertUntouched(memory);
    }

    [Fact]
    public void ColumnsThatNoArrayHolds_AreRefused()
    {
        var shape = Conv2dShape.Create(1, 64, 3000, 3000, 1, 9, padding: 4);

        Assert.ThrowsAny<ArgumentException>(() => Im2ColPrimitives.ColumnsLength(shape));
        Assert.ThrowsAny<ArgumentException>(() => Im2ColPrimitives.Im2Col(shape, [], []));
        Assert.ThrowsAny<ArgumentException>(() => Im2ColPrimitives.Col2Im(shape, [], []));
    }
}
