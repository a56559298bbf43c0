using FastConv.Data;
using FastConv.Layers;
using FastConv.Losses;
using FastConv.Optimizers;
using FastConv.Tests.Cases;
using FastConv.Training;

namespace FastConv.Tests.Training;

public sealed class LearningRateFactorTests
{
    [Fact]
    public void Every_step_has_the_rate_of_its_share_of_the_run()
    {
        Sequential model = TrainingCases.TinyModel();
        var optimizer = new Sgd(model.Parameters, learningRate: 0.5);
        var rates = new List<double>();
        var recorder = new TrainingCases.Recorder(_ => rates.Add(optimizer.LearningRate));
        new Trainer(model, new CrossEntropyLoss(), optimizer).Fit(
            new DataLoader(TrainingCases.TinyDigits(12), 3), null, new() { Epochs = 2, ReportEverySteps = 1, LearningRateFactor = done => 1 - done }, recorder);
        Assert.Equal([0.5, 0.4375, 0.375, 0.3125, 0.25, 0.1875, 0.125, 0.0625], rates);
        Assert.Equal(0.5, optimizer.LearningRate);
    }

    [Fact]
    public void The_run_is_as_long_as_the_most_steps_allow()
    {
        Sequential model = TrainingCases.TinyModel();
        var shares = new List<double>();
        new Trainer(model, new CrossEntropyLoss(), new Sgd(model.Parameters, learningRate: 0.5)).Fit(
            new DataLoader(TrainingCases.TinyDigits(12), 3), null, new() { Epochs = 9, MaxSteps = 5, LearningRateFactor = Remember });
        Assert.Equal([0, 0.2, 0.4, 0.6, 0.8], shares);

        double Remember(double done)
        {
            shares.Add(done);
            return 1;
        }
    }

    [Fact]
    public void A_factor_that_gives_no_rate_is_refused_and_the_rate_restored()
    {
        Sequential model = TrainingCases.TinyModel();
        float[] before = TrainingCases.Values(model);
        var optimizer = new Sgd(model.Parameters, learningRate: 0.5);
        var trainer = new Trainer(model, new CrossEntropyLoss(), optimizer);
        var loader = new DataLoader(TrainingCases.TinyDigits(12), 3);
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Fit(loader, null, new() { LearningRateFactor = _ => double.NaN }));
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Fit(loader, null, new() { LearningRateFactor = _ => -1 }));
        Assert.Equal(0.5, optimizer.LearningRate);
        Assert.Equal(before, TrainingCases.Values(model));
    }
}
