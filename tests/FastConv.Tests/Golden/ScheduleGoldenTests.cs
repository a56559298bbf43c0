using FastConv.Training;

namespace FastConv.Tests.Golden;

public sealed class ScheduleGoldenTests
{
    private const string Topic = "schedules";
    private const double BaseRate = 0.5;
    private const int Steps = 30;

    // Golden rates are floats; the formulas' own roundings, and those of PyTorch's step by step, are in double.
    private const int Roundings = 1;

    [Theory]
    [GoldenData(Topic)]
    public void Thirty_rates_agree(string name)
    {
        var golden = new GoldenCase(Topic, name);
        float[] expected = golden.Expected("rates");
        LearningRateSchedule schedule = Build(golden.Arguments);
        float[] observed = golden.Has("observed") ? golden.Expected("observed") : [];
        bool higherIsBetter = golden.Arguments.Flag("higher_is_better");
        for (int time = 0; time < Steps; time++)
        {
            float rate = (float)schedule.Rate(BaseRate, time);
            if (golden.Differs is not null && time > golden.Arguments.Int("length"))
            {
                Assert.Equal(golden.Arguments.Number("minimum"), rate);
                Assert.NotEqual(expected[time], rate);
            }
            else
            {
                // A cosine that has come to its end leaves the rounding of the rate that it began with.
                GoldenBound.AssertWithin([expected[time]], _ => Math.Abs(expected[time]) + 1e-9 * BaseRate, Roundings, [rate], $"{name}, time {time}");
            }

            if (observed.Length > 0)
            {
                schedule.Observe(observed[time], higherIsBetter);
            }
        }
    }

    private static LearningRateSchedule Build(GoldenArguments arguments)
    {
        if (arguments.Has("patience"))
        {
            bool isAbsolute = arguments.Has("threshold_mode") && arguments.Text("threshold_mode") == "abs";
            return new PlateauSchedule(
                arguments.Number("factor"), arguments.Int("patience"), arguments.Number("threshold", 1e-4), isAbsolute, arguments.Int("cooldown"), arguments.Number("min_lr"));
        }

        if (!arguments.Has("parts"))
        {
            return BuildSingle(arguments);
        }

        LearningRateSchedule[] parts = [.. arguments.Parts("parts").Select(BuildSingle)];
        return arguments.Has("milestones") ? new SequentialSchedule(parts, Milestones(arguments)) : new ChainedSchedule(parts);
    }

    private static LearningRateSchedule BuildSingle(GoldenArguments arguments) => arguments.Text("kind") switch
    {
        "Step" => new StepSchedule(arguments.Int("every"), arguments.Number("factor")),
        "MultiStep" => new MultiStepSchedule(Milestones(arguments), arguments.Number("factor")),
        "Exponential" => new ExponentialSchedule(arguments.Number("factor")),
        "Cosine" => new CosineSchedule(arguments.Int("length"), arguments.Number("minimum")),
        "WarmUp" => new WarmUpSchedule(arguments.Int("length"), arguments.Number("start"), arguments.Number("end")),
        "OneCycle" => new OneCycleSchedule(
            arguments.Int("length"), arguments.Number("rise", 0.3), arguments.Number("divisor", 25), arguments.Number("final_divisor", 1e4),
            arguments.Flag("linear"), arguments.Flag("three_phases")),
        string other => throw new InvalidDataException($"there is no schedule '{other}'."),
    };

    private static long[] Milestones(GoldenArguments arguments) => Array.ConvertAll(arguments.Ints("milestones"), milestone => (long)milestone);
}
