using FastConv.Benchmarks.Scaling;

namespace FastConv.PerfGate.Tests;

public sealed class AmdahlModelTests
{
    // A quarter that never shrinks: 8 s on one core are 2 + 6 / p.
    [Fact]
    public void Serial_share_is_found_again_in_times_that_have_one()
    {
        var model = new AmdahlModel(new Dictionary<int, double> { [1] = 8, [2] = 5, [3] = 4 }, memorySeconds: 0);
        Assert.Equal(0.25, model.SerialShare, 12);
        Assert.Equal(2 + 6.0 / 64, model.Seconds(64), 12);
        Assert.False(model.IsBoundByMemory(64));
    }

    [Fact]
    public void Memory_bounds_what_more_cores_can_do()
    {
        var model = new AmdahlModel(new Dictionary<int, double> { [1] = 8, [2] = 4 }, memorySeconds: 1);
        Assert.Equal(2, model.Seconds(4), 12);
        Assert.Equal(1, model.Seconds(16), 12);
        Assert.True(model.IsBoundByMemory(16));
    }

    [Fact]
    public void What_was_measured_is_possible_whatever_a_copy_takes() =>
        Assert.Equal(4, new AmdahlModel(new Dictionary<int, double> { [1] = 8, [2] = 4 }, memorySeconds: 100).Seconds(64), 12);
}
