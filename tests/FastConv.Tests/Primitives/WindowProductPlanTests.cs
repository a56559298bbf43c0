using FastConv.Kernels.Convolution;
using FastConv.Primitives;
using FastConv.Shapes;

namespace FastConv.Tests.Primitives;

public sealed unsafe class WindowProductPlanTests
{
    private const long Gigabyte = 1 << 28;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(64)]
    [InlineData(256)]
    public void Bands_of_all_threads_together_take_a_gigabyte_at_most(int threads)
    {
        // Two rows of 16 million pixels a band, nearly all of them padding.
        Conv2dShape shape = Conv2dShape.Create(64, 1, 1, 1024, 1, (1, 2), padding: Padding.Sides(0, 0, 1 << 23, 1 << 23), dilation: (1, 1 << 24));
        var windows = new WindowMatrix(TapAxis.Forward(shape.Vertical), TapAxis.Forward(shape.Horizontal), null, 0, shape.GroupInChannels, shape.Batch);
        Assert.True(WindowProductPlan.Suits(windows));
        var plan = new WindowProductPlan(windows, rows: 1, groups: 1, threads);
        Assert.InRange(plan.WorkerLength, 1 << 24, 1 << 26);
        Assert.InRange(plan.Workers(threads), Math.Min(threads, 2), threads);
        Assert.InRange(plan.Workers(threads) * (long)plan.WorkerLength, 1, Gigabyte);
    }
}
