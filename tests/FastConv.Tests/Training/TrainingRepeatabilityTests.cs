using FastConv.Data;
using FastConv.Layers;
using FastConv.Losses;
using FastConv.Optimizers;
using FastConv.Tests.Cases;
using FastConv.Training;

namespace FastConv.Tests.Training;

[Collection(ThreadCases.Collection)]
public sealed class TrainingRepeatabilityTests
{
    [Fact]
    public void The_same_seeds_give_the_same_bits_on_any_number_of_threads() => ThreadCases.AssertSameBitsOnAnyThreads(() => Trained(seed: 1));

    [Fact]
    public void Another_seed_gives_another_model() => Assert.NotEqual(Trained(seed: 1), Trained(seed: 2));

    [Fact]
    public void A_warm_step_allocates_nothing()
    {
        SyntheticDigits digits = TrainingCases.TinyDigits(60);
        Sequential model = TrainingCases.TinyModel();
        var trainer = new Trainer(model, new CrossEntropyLoss(), new Adam(model.Parameters, 0.01f));
        var loader = new DataLoader(digits, 6);

        // From report to report is one step. Most allocate nothing on any thread; the runtime and the test runner do now and then.
        var allocations = new List<long>(100);
        long before = 0;
        trainer.Fit(loader, null, new() { Epochs = 5, ReportEverySteps = 1 }, new TrainingCases.Recorder(_ =>
        {
            long now = GC.GetTotalAllocatedBytes(precise: true);
            allocations.Add(now - before);
            before = GC.GetTotalAllocatedBytes(precise: true);
        }));
        allocations.Sort();
        Assert.Equal(0, allocations[allocations.Count / 2]);
    }

    private static float[] Trained(long seed)
    {
        Sequential model = TrainingCases.TinyModel(seed: seed);
        SyntheticDigits digits = TrainingCases.TinyDigits(40);
        var trainer = new Trainer(model, new CrossEntropyLoss(), new Adam(model.Parameters, 0.01f));
        trainer.Fit(new DataLoader(digits, 16, shuffle: true, seed), digits, new() { Epochs = 2 });
        return TrainingCases.Values(model);
    }
}
