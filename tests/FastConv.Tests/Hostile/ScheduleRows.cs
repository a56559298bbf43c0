using FastConv.Tensors;
using FastConv.Training;
using static FastConv.Tests.Hostile.HostileRow;
using static FastConv.Tests.Hostile.HostileWeakness;

namespace FastConv.Tests.Hostile;

/// <summary>Schedules that divide by nothing, and metrics over labels that are no classes.</summary>
internal static class ScheduleRows
{
    private static readonly Tensor Scores = new(2, 3);

    public static HostileRow[] All =>
    [
        Range("new StepSchedule", "every 0", "a schedule expects every of at least 1, received 0", call => _ = new StepSchedule(0), ZeroDivisor),
        Range("new StepSchedule", "a factor of NaN", "to be finite and not negative, received NaN", call => _ = new StepSchedule(1, double.NaN), NotFinite),
        Range("new ExponentialSchedule", "a factor of -1", "to be finite and not negative, received -1", call => _ = new ExponentialSchedule(-1), Negative),
        Range("new MultiStepSchedule", "a milestone of 0", "milestones of at least 1, received 0", call => _ = new MultiStepSchedule([0]), Negative),
        Missing("new MultiStepSchedule", "no milestones", "milestones", call => _ = new MultiStepSchedule(null!)),
        Range("new CosineSchedule", "length 0", "length of at least 1, received 0", call => _ = new CosineSchedule(0), ZeroDivisor),
        Range("new WarmUpSchedule", "length -1", "length of at least 1, received -1", call => _ = new WarmUpSchedule(-1), ZeroDivisor),
        Range("new OneCycleSchedule", "length 1", "length", call => _ = new OneCycleSchedule(1), ZeroDivisor),
        Range("new OneCycleSchedule", "a rise of NaN", "a rise above 0 and below 1, received NaN", call => _ = new OneCycleSchedule(9, double.NaN), NotFinite),
        Range("new OneCycleSchedule", "divisor 0", "divisor", call => _ = new OneCycleSchedule(9, divisor: 0), ZeroDivisor),
        Range("new PlateauSchedule", "factor 1", "a factor from 0 to below 1, received 1", call => _ = new PlateauSchedule(1), Negative),
        Range("new PlateauSchedule", "patience -1", "to be finite and not negative, received -1", call => _ = new PlateauSchedule(patience: -1), Negative),
        Argument("new ChainedSchedule", "no schedule", "expects at least one schedule", call => _ = new ChainedSchedule([])),
        Argument("new SequentialSchedule", "milestones that fall", "milestones from 1 that rise", call => _ = new SequentialSchedule([new CosineSchedule(9), new CosineSchedule(9), new CosineSchedule(9)], [5, 3]), Negative),
        Defined("LearningRateSchedule.Rate", "a time of long.MaxValue", "a finite rate of every schedule", _ => AssertLastRates(), Overflow),
        Defined("LearningRateSchedule.Observe", "a value of NaN", "no improvement", _ => new PlateauSchedule().Observe(double.NaN, true), NotFinite),
        Missing("LearningRateSchedule.CollectState", "no list", "state", _ => new PlateauSchedule().CollectState(null!)),
        Order("LearningRateSchedule.RestoreState", "fewer numbers than there were", "empty", _ => new PlateauSchedule().RestoreState(new Queue<double>([1])), Lying),
        Range("new ConfusionMatrix", "no classes", "classCount", call => _ = new ConfusionMatrix(0), Negative),
        Range("new ConfusionMatrix", "2^30 classes", "classCount", call => _ = new ConfusionMatrix(1 << 30), Unbounded),
        Range("ConfusionMatrix.Add", "a class that there is not", "actual", _ => new ConfusionMatrix(3).Add(3, 0), BadIndex),
        Range("ConfusionMatrix.Item", "a negative class", "predicted", call => _ = new ConfusionMatrix(3)[0, -1], BadIndex),
        Range("ConfusionMatrix.Recall", "a class that there is not", "actual", _ => new ConfusionMatrix(3).Recall(3), BadIndex),
        Range("ConfusionMatrix.Precision", "a negative class", "('-1')", _ => new ConfusionMatrix(3).Precision(-1), BadIndex),
        Argument("Accuracy.CountCorrect", "one label too few", "expected one row a label, received a prediction [2, 3] and 1 labels", _ => Accuracy.CountCorrect(Scores, [0], 0.5f), ShortBuffer),
        Defined("Accuracy.CountCorrect", "labels that are no classes, and scores of NaN", "wrong answers", _ => Assert.Equal(0, Accuracy.CountCorrect(Tensor.From([float.NaN, 1, 2, 1, 2, 3], 2, 3), [0, int.MinValue], 0.5f)), NotFinite),
        Range("Accuracy.CountTop", "top 0", "top", _ => Accuracy.CountTop(Scores, [0, 1], 0), Negative),
        Defined("Accuracy.CountTop", "labels that are no classes", "wrong answers", _ => Assert.Equal(0, Accuracy.CountTop(Scores, [-1, 3], int.MaxValue)), BadIndex),
        Argument("Accuracy.Classes", "one class too many", "expected one row a label", _ => Accuracy.Classes(Scores, 0.5f, new int[3]), ShortBuffer),
    ];

    private static void AssertLastRates()
    {
        foreach (LearningRateSchedule schedule in (LearningRateSchedule[])
            [new StepSchedule(1), new ExponentialSchedule(0.5), new MultiStepSchedule([1, 2]), new CosineSchedule(9), new WarmUpSchedule(9), new OneCycleSchedule(9), new PlateauSchedule()])
        {
            Assert.True(double.IsFinite(schedule.Rate(0.1, long.MaxValue)), schedule.GetType().Name);
        }
    }
}
