using FastConv.Shapes;

namespace FastConv.Tests.Shapes;

/// <summary>The window arithmetic against enumeration: put a window at every position and look which pixel each tap is on.</summary>
public sealed class WindowAxisTests
{
    public static TheoryData<int> Inputs => [1, 2, 3, 4, 5, 7, 8, 13];

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Output_CountsTheWindowsThatFit(int input)
    {
        ForEachAxis(input, axis =>
        {
            int padded = axis.Input + axis.PaddingBefore + axis.PaddingAfter;
            int windows = 0;
            int lastEnd = 0;
            for (int start = 0; start + (axis.Window - 1) * axis.Dilation < padded; start += axis.Stride)
            {
                windows++;
                lastEnd = start + (axis.Window - 1) * axis.Dilation + 1;
            }

            Assert.Equal(windows, axis.Output);
            Assert.Equal((axis.Window - 1) * axis.Dilation + 1, axis.Extent);
            Assert.Equal(lastEnd == padded, axis.FitsExactly);
        });
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public void OutputsInside_AreTheWindowsWhoseTapIsOnTheImage(int input)
    {
        ForEachAxis(input, axis =>
        {
            for (int tap = 0; tap < axis.Window; tap++)
            {
                int[] expected = [.. Enumerable.Range(0, axis.Output).Where(output => IsInside(axis, output, tap))];
                AssertRange(expected, axis.OutputsInside(tap), $"{axis}, tap {tap}");
            }
        });
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public void TapsInside_AreTheTapsThatAreOnTheImage(int input)
    {
        ForEachAxis(input, axis =>
        {
            for (int output = 0; output < axis.Output; output++)
            {
                int[] expected = [.. Enumerable.Range(0, axis.Window).Where(tap => IsInside(axis, output, tap))];
                AssertRange(expected, axis.TapsInside(output), $"{axis}, output {output}");
            }
        });
    }

    [Fact]
    public void InputOf_IsTheFormula()
    {
        var axis = new WindowAxis(10, 3, stride: 2, paddingBefore: 4, paddingAfter: 1, dilation: 3);

        Assert.Equal(-4, axis.InputOf(0, 0));
        Assert.Equal(1 * 2 - 4 + 2 * 3, axis.InputOf(1, 2));
    }

    [Fact]
    public void Same_MakesOutputTheCeilingAndPadsOnlyWhatIsNeeded()
    {
        for (int input = 1; input <= 20; input++)
        {
            for (int window = 1; window <= 9; window++)
            {
                for (int stride = 1; stride <= 6; stride++)
                {
                    for (int dilation = 1; dilation <= 3; dilation++)
                    {
                        var axis = WindowAxis.Same(input, window, stride, dilation);
                        string context = $"input {input}, window {window}, stride {stride}, dilation {dilation}";
                        int padding = axis.PaddingBefore + axis.PaddingAfter;
                        Assert.True((input + stride - 1) / stride == axis.Output, context);
                        Assert.True(axis.PaddingAfter - axis.PaddingBefore is 0 or 1, context);
                        Assert.True(padding == 0 || axis.FitsExactly, context);
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData(5, 2, 1, 0, 1)] // an even kernel: the odd pixel goes after
    [InlineData(5, 3, 1, 1, 1)]
    [InlineData(224, 7, 2, 2, 3)] // TensorFlow pads the first layer of a ResNet so, PyTorch's padding=3 differs
    [InlineData(7, 1, 3, 0, 0)]
    [InlineData(1, 5, 4, 2, 2)]
    public void Same_PadsAsTensorFlow(int input, int window, int stride, int before, int after)
    {
        var axis = WindowAxis.Same(input, window, stride);

        Assert.Equal((before, after), (axis.PaddingBefore, axis.PaddingAfter));
    }

    [Theory]
    [InlineData(0, 1, 1, 0, 0, 1, "input")]
    [InlineData(-3, 1, 1, 0, 0, 1, "input")]
    [InlineData(5, 0, 1, 0, 0, 1, "window")]
    [InlineData(5, 3, 0, 0, 0, 1, "stride")]
    [InlineData(5, 3, -1, 0, 0, 1, "stride")]
    [InlineData(5, 3, 1, -1, 0, 1, "paddingBefore")]
    [InlineData(5, 3, 1, 0, -1, 1, "paddingAfter")]
    [InlineData(5, 3, 1, 0, 0, 0, "dilation")]
    [InlineData(int.MaxValue, 3, 1, 1, 0, 1, "paddingBefore")]
    [InlineData(int.MaxValue, 3, 1, int.MaxValue, int.MaxValue, 1, "paddingBefore")]
    public void NumbersOutsideTheirRange_AreRefused(int input, int window, int stride, int before, int after, int dilation, string parameter)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new WindowAxis(input, window, stride, before, after, dilation));

        Assert.Equal(parameter, error.ParamName);
    }

    [Theory]
    [InlineData(5, 6, 0, 1)]
    [InlineData(5, 8, 1, 1)]
    [InlineData(5, 3, 0, 3)]
    [InlineData(1, 2, 0, 1)]
    [InlineData(int.MaxValue, int.MaxValue, 0, int.MaxValue)] // the extent is beyond 32 bits
    public void WindowLargerThanPaddedInput_IsRefused(int input, int window, int padding, int dilation)
    {
        var error = Assert.Throws<ArgumentException>(() => new WindowAxis(input, window, 1, padding, 0, dilation));

        Assert.Equal("window", error.ParamName);
        Assert.Contains($"window of {window}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Same_RefusesWhatItCannotPad()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => WindowAxis.Same(0, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => WindowAxis.Same(3, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => WindowAxis.Same(3, 3, stride: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => WindowAxis.Same(3, 3, dilation: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => WindowAxis.Same(3, int.MaxValue, dilation: int.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => WindowAxis.Same(int.MaxValue, int.MaxValue));
    }

    [Fact]
    public void LargestNumbers_DoNotOverflow()
    {
        var axis = new WindowAxis(int.MaxValue, 2, stride: 1, dilation: int.MaxValue - 1);

        Assert.Equal(1, axis.Output);
        Assert.Equal(int.MaxValue, axis.Extent);
        Assert.True(axis.FitsExactly);
        Assert.Equal((0, 2), axis.TapsInside(0));
        Assert.Equal((0, 1), axis.OutputsInside(1));
        Assert.Equal(1, new WindowAxis(int.MaxValue, 1, stride: int.MaxValue).Output);
        Assert.Equal(int.MaxValue, new WindowAxis(1, 1, 1, int.MaxValue - 1).Output);
        Assert.Equal((int.MaxValue - 1, int.MaxValue), new WindowAxis(1, 1, 1, int.MaxValue - 1).OutputsInside(0));
    }

    private static void ForEachAxis(int input, Action<WindowAxis> check)
    {
        for (int window = 1; window <= 5; window++)
        {
            for (int stride = 1; stride <= 4; stride++)
            {
                for (int dilation = 1; dilation <= 4; dilation++)
                {
                    for (int before = 0; before <= 7; before++)
                    {
                        for (int after = 0; after <= 7; after += after < 2 ? 1 : 5)
                        {
                            if ((window - 1) * dilation + 1 <= input + before + after)
                            {
                                check(new WindowAxis(input, window, stride, before, after, dilation));
                            }
                        }
                    }
                }
            }
        }
    }

    private static bool IsInside(WindowAxis axis, int output, int tap) =>
        output * axis.Stride - axis.PaddingBefore + tap * axis.Dilation is int pixel && pixel >= 0 && pixel < axis.Input;

    private static void AssertRange(int[] expected, (int First, int End) actual, string context)
    {
        bool isRight = expected.Length == 0
            ? actual == (0, 0)
            : actual == (expected[0], expected[^1] + 1) && expected.Length == actual.End - actual.First;
        Assert.True(isRight, isRight ? null : $"{context}: expected [{string.Join(", ", expected)}], got {actual}");
    }
}
