using FastConv.Training;

namespace FastConv.Tests.Training;

/// <summary>The expected rates are those of PyTorch 2's lr_scheduler for a base rate of 0.5, one value a step.</summary>
public sealed class LearningRateScheduleTests
{
    [Fact]
    public void Step_falls_every_so_often() =>
        AssertRates(new StepSchedule(3, 0.1), 0.5, 0.5, 0.5, 0.05, 0.05, 0.05, 0.005000000000000001, 0.005000000000000001, 0.005000000000000001, 0.0005000000000000001);

    [Fact]
    public void MultiStep_falls_at_its_milestones() =>
        AssertRates(new MultiStepSchedule([2, 3, 7], 0.5), 0.5, 0.5, 0.25, 0.125, 0.125, 0.125, 0.125, 0.0625, 0.0625);

    [Fact]
    public void Exponential_falls_all_the_time() => AssertRates(
        new ExponentialSchedule(0.9), 0.5, 0.45, 0.405, 0.36450000000000005, 0.32805000000000006, 0.2952450000000001, 0.2657205000000001, 0.23914845000000007);

    [Fact]
    public void Cosine_falls_to_its_minimum_and_stays() => AssertRates(
        new CosineSchedule(11, 0.01),
        0.5, 0.4900757785355519, 0.4611071155436394, 0.41544087981659494, 0.35677667818546227, 0.2898671353769549, 0.22013286462304524, 0.1532233218145379,
        0.09455912018340519, 0.04889288445636064, 0.019924221464448146, 0.01, 0.01, 0.01);

    [Fact]
    public void OneCycle_rises_and_falls() => AssertRates(
        new OneCycleSchedule(13),
        0.020000000000000018, 0.14758197423205038, 0.39468489568697174, 0.4998510357336271, 0.48218913127508545, 0.4371279385320271, 0.36998488955246867,
        0.28868317896823553, 0.2028167898743663, 0.12251835883507048, 0.057263477254429894, 0.014752527157061277, 2e-6, 2e-6);

    [Fact]
    public void OneCycle_has_three_phases_and_lines()
    {
        var schedule = new OneCycleSchedule(13, rise: 0.4, divisor: 10, finalDivisor: 100, linear: true, threePhases: true);
        double[] expected =
        [
            0.04, 0.12571428571428572, 0.21142857142857144, 0.29714285714285715, 0.38285714285714284, 0.33142857142857146, 0.24571428571428575, 0.16,
            0.07428571428571429, 0.033400000000000006, 0.022400000000000003, 0.0114,
        ];
        Assert.All(expected, (rate, time) => Assert.Equal(rate, schedule.Rate(0.4, time), 1e-12));
    }

    [Fact]
    public void WarmUp_rises_along_a_line() => AssertRates(new WarmUpSchedule(4, 0.25), 0.125, 0.21875, 0.3125, 0.40625, 0.5, 0.5, 0.5);

    [Fact]
    public void Sequential_begins_each_at_its_own_zero() => AssertRates(
        new SequentialSchedule([new WarmUpSchedule(4, 0.25), new ExponentialSchedule(0.5), new StepSchedule(2, 0.1)], [4, 7]),
        0.125, 0.21875, 0.3125, 0.40625, 0.5, 0.25, 0.125, 0.5, 0.5, 0.05, 0.05, 0.005000000000000001);

    [Fact]
    public void Chained_multiplies() => AssertRates(
        new ChainedSchedule(new WarmUpSchedule(4, 0.25), new ExponentialSchedule(0.9)),
        0.125, 0.196875, 0.253125, 0.29615625, 0.32805000000000006, 0.2952450000000001, 0.2657205000000001, 0.23914845000000007);

    [Fact]
    public void Plateau_waits_reduces_cools_down_and_ends_at_its_minimum() => AssertRates(
        new PlateauSchedule(0.1, patience: 2, cooldown: 1, minimum: 0.004),
        [1.0, 0.9, 0.95, 0.91, 0.9, 0.89995, 0.92, 0.5, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6],
        higherIsBetter: false,
        0.5, 0.5, 0.5, 0.5, 0.5, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05, 0.005000000000000001, 0.005000000000000001, 0.005000000000000001, 0.005000000000000001, 0.004);

    [Fact]
    public void Plateau_takes_numbers_that_are_to_become_large() => AssertRates(
        new PlateauSchedule(0.5, patience: 1, threshold: 1e-3, absolute: true),
        [0.1, 0.2, 0.2, 0.2, 0.2, 0.3, 0.30001, 0.3, 0.3, 0.3, 0.3],
        higherIsBetter: true,
        0.5, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.25, 0.125, 0.125, 0.0625, 0.0625);

    [Fact]
    public void What_was_observed_is_saved_restored_and_forgotten()
    {
        LearningRateSchedule schedule = Chain();
        for (int measurement = 0; measurement < 5; measurement++)
        {
            schedule.Observe(1, higherIsBetter: false);
        }

        Assert.Equal(0.125, schedule.Rate(0.5, 0));
        var state = new List<double>();
        schedule.CollectState(state);
        LearningRateSchedule other = Chain();
        other.RestoreState(new Queue<double>(state));
        schedule.Observe(1, higherIsBetter: false);
        other.Observe(1, higherIsBetter: false);
        Assert.Equal(schedule.Rate(0.5, 0), other.Rate(0.5, 0));
        schedule.Reset();
        Assert.Equal(0.5, schedule.Rate(0.5, 0));

        static LearningRateSchedule Chain() => new ChainedSchedule(new PlateauSchedule(0.5, patience: 0, minimum: 0.25), new PlateauSchedule(0.5, patience: 3));
    }

    [Fact]
    public void Numbers_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new StepSchedule(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StepSchedule(1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MultiStepSchedule([0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExponentialSchedule(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CosineSchedule(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WarmUpSchedule(1, double.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>(() => new OneCycleSchedule(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new OneCycleSchedule(10, rise: 0.5, threePhases: true));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PlateauSchedule(factor: 1));
        Assert.Throws<ArgumentException>(() => new ChainedSchedule());
        Assert.Throws<ArgumentException>(() => new SequentialSchedule([new StepSchedule(1)], [1]));
        Assert.Throws<ArgumentException>(() => new SequentialSchedule([new StepSchedule(1), new StepSchedule(1), new StepSchedule(1)], [2, 2]));
    }

    private static void AssertRates(LearningRateSchedule schedule, params double[] expected) =>
        Assert.All(expected, (rate, time) => Assert.Equal(rate, schedule.Rate(0.5, time), 1e-12));

    private static void AssertRates(LearningRateSchedule schedule, double[] measurements, bool higherIsBetter, params double[] expected)
    {
        Assert.Equal(expected[0], schedule.Rate(0.5, 0), 1e-12);
        for (int time = 0; time < measurements.Length; time++)
        {
            schedule.Observe(measurements[time], higherIsBetter);
            Assert.Equal(expected[time + 1], schedule.Rate(0.5, time + 1), 1e-12);
        }
    }
}
