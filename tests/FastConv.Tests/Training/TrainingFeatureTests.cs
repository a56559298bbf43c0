using System.Diagnostics.Metrics;
using FastConv.Data;
using FastConv.Layers;
using FastConv.Losses;
using FastConv.Optimizers;
using FastConv.Tests.Cases;
using FastConv.Training;

namespace FastConv.Tests.Training;

[Collection(ThreadCases.Collection)]
public sealed class TrainingFeatureTests
{
    [Fact]
    public void Gradients_of_several_batches_are_those_of_one()
    {
        // 4 batches of 3, 3, 3 and 2 samples: groups of 6 and 5, as two batches of 6 and 5 have them.
        SyntheticDigits digits = TrainingCases.TinyDigits(11);
        Sequential parts = TrainingCases.TinyModel();
        Sequential whole = TrainingCases.TinyModel();
        Fit(parts, new Sgd(parts.Parameters, 0.3) { MaxGradientNorm = 0.5 }, new DataLoader(digits, 3), new() { AccumulateBatches = 2 });
        Fit(whole, new Sgd(whole.Parameters, 0.3) { MaxGradientNorm = 0.5 }, new DataLoader(digits, 6), new());
        TestTensors.AssertClose(TestTensors.ToDouble(TrainingCases.Values(whole)), TrainingCases.Values(parts), 1e-5);
    }

    [Fact]
    public void A_group_of_one_batch_has_the_bits_of_no_group()
    {
        SyntheticDigits digits = TrainingCases.TinyDigits(8);
        Sequential grouped = TrainingCases.TinyModel();
        Sequential plain = TrainingCases.TinyModel();
        Fit(grouped, new Sgd(grouped.Parameters, 0.3), new DataLoader(digits, 8), new() { AccumulateBatches = 5 });
        Fit(plain, new Sgd(plain.Parameters, 0.3), new DataLoader(digits, 8), new());
        TestTensors.AssertSameBits(TrainingCases.Values(plain), TrainingCases.Values(grouped));
    }

    [Fact]
    public void A_schedule_counts_steps_or_epochs_and_the_rate_is_restored()
    {
        Assert.Equal([0.5, 0.25, 0.125, 0.0625, 0.03125, 0.015625], Rates(new() { Epochs = 2, Schedule = new ExponentialSchedule(0.5) }));
        Assert.Equal([0.5, 0.5, 0.5, 0.25, 0.25, 0.25], Rates(new() { Epochs = 2, Schedule = new ExponentialSchedule(0.5), ScheduleUnit = ScheduleUnit.Epoch }));

        static List<double> Rates(TrainingOptions options)
        {
            Sequential model = TrainingCases.TinyModel();
            var optimizer = new Sgd(model.Parameters, 0.5);
            var recorder = new TrainingCases.Recorder();
            Fit(model, optimizer, new DataLoader(TrainingCases.TinyDigits(9), 3), options with { ReportEverySteps = 1 }, recorder);
            Assert.Equal(0.5, optimizer.LearningRate);
            return [.. recorder.Reports.Select(report => report.LearningRate)];
        }
    }

    [Fact]
    public void Training_ends_when_patience_does_and_the_best_weights_come_back()
    {
        // With this rate training gets worse soon; a copy that ends at the best epoch has its weights.
        SyntheticDigits digits = TrainingCases.TinyDigits(20);
        SyntheticDigits validation = TrainingCases.TinyDigits(9, "test");
        Sequential model = TrainingCases.TinyModel();
        TrainingResult result = Trainer(model, 0.15).Fit(
            new DataLoader(digits, 5), validation, new() { Epochs = 200, Patience = 3, KeepBest = true });
        int best = result.BestEpoch!.Value;
        Assert.Equal(best + 3, result.Epochs.Count);
        Assert.Equal("no improvement in 3 epochs", result.StopReason);
        Assert.Equal(result.Epochs.Min(epoch => epoch.Validation!.Value.Loss), result.Epochs[best - 1].Validation!.Value.Loss);
        Assert.Equal(result.Epochs[best - 1].Validation, Evaluation.Run(model, new CrossEntropyLoss(), validation));

        Sequential shorter = TrainingCases.TinyModel();
        Trainer(shorter, 0.15).Fit(new DataLoader(digits, 5), null, new() { Epochs = best });
        TestTensors.AssertSameBits(TrainingCases.Values(shorter), TrainingCases.Values(model));
    }

    [Fact]
    public void Accuracy_may_be_monitored_and_small_improvements_may_count_for_nothing()
    {
        SyntheticDigits digits = TrainingCases.TinyDigits(12);
        Sequential model = TrainingCases.TinyModel();
        TrainingResult result = Trainer(model, 0.02).Fit(
            new DataLoader(digits, 4), digits, new() { Epochs = 90, Monitor = MonitoredMetric.Accuracy, Patience = 20 });
        double highest = result.Epochs.Max(epoch => epoch.Validation!.Value.Accuracy);
        Assert.Equal(result.Epochs.First(epoch => epoch.Validation!.Value.Accuracy == highest).Epoch, result.BestEpoch);

        Sequential other = TrainingCases.TinyModel();
        TrainingResult none = Trainer(other, 0.02).Fit(new DataLoader(digits, 4), digits, new() { Epochs = 9, MinimumImprovement = 100, Patience = 2 });
        Assert.Equal((1, 3), (none.BestEpoch, none.Epochs.Count));
    }

    [Fact]
    public void The_average_follows_its_formula_and_is_what_is_measured_and_kept()
    {
        const double Decay = 0.75;
        SyntheticDigits digits = TrainingCases.TinyDigits(12);
        Sequential model = TrainingCases.TinyModel();
        double[] expected = [];
        var follower = new StepCallback(context =>
        {
            double[] now = TestTensors.ToDouble(TrainingCases.Values(context.Model));
            expected = context.Step == 1 ? now : [.. expected.Zip(now, (average, value) => Decay * average + (1 - Decay) * value)];
        });
        TrainingResult result = Trainer(model, 0.02).Fit(
            new DataLoader(digits, 3), digits, new() { Epochs = 3, AverageDecay = Decay, Callbacks = [follower] });
        TestTensors.AssertClose(expected, TrainingCases.Values(model), 1e-6);
        Assert.Equal(Evaluation.Run(model, new CrossEntropyLoss(), digits), result.Epochs[^1].Validation);

        // Training itself does not know of it.
        Sequential plain = TrainingCases.TinyModel();
        TrainingResult without = Trainer(plain, 0.02).Fit(new DataLoader(digits, 3), digits, new() { Epochs = 3 });
        Assert.Equal(without.Epochs.Select(epoch => epoch.Training), result.Epochs.Select(epoch => epoch.Training));
    }

    [Fact]
    public void A_callback_ends_training_within_an_epoch_or_after_it()
    {
        SyntheticDigits digits = TrainingCases.TinyDigits(20);
        TrainingResult within = Trainer(TrainingCases.TinyModel(), 0.01).Fit(
            new DataLoader(digits, 5), options: new() { Epochs = 5, Callbacks = [new StepCallback(Stop)] });
        Assert.Equal((6, 2, "enough"), (within.Steps, within.Epochs.Count, within.StopReason));
        TrainingResult after = Trainer(TrainingCases.TinyModel(), 0.01).Fit(
            new DataLoader(digits, 5), options: new() { Epochs = 5, Callbacks = [new EpochCallback()] });
        Assert.Equal((8, 2, "epoch 2"), (after.Steps, after.Epochs.Count, after.StopReason));

        static void Stop(TrainingContext context)
        {
            if (context.Step == 6)
            {
                context.Stop("enough");
            }
        }
    }

    [Fact]
    public void Events_tell_what_happened_in_sentences_and_values()
    {
        using var folder = new TemporaryFolder();
        var events = new List<TrainingEvent>();
        Trainer(TrainingCases.TinyModel(), 0.01).Fit(
            new DataLoader(TrainingCases.TinyDigits(10), 5), options: new() { Epochs = 1, OnEvent = events.Add, Checkpoint = new(folder["x"]) });
        Assert.Equal(
            [TrainingEventKind.Started, TrainingEventKind.EpochEnded, TrainingEventKind.Improved, TrainingEventKind.CheckpointSaved, TrainingEventKind.Finished],
            events.Select(happened => happened.Kind));
        Assert.Equal("training begins: 1 epochs of 2 steps", events[0].ToString());
        Assert.Equal($"saved {folder["x"]} in epoch 2 after step 2", events[3].ToString());
        Assert.All(events, happened => Assert.Equal(happened.Template.Count(character => character == '{'), happened.Arguments.Length));
    }

    [Fact]
    public void The_meter_counts_steps_images_and_epochs()
    {
        var sums = new Dictionary<string, double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "FastConv")
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => sums[instrument.Name] = sums.GetValueOrDefault(instrument.Name) + value);
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => sums[instrument.Name] = value);
        listener.Start();
        var recorder = new TrainingCases.Recorder();
        Sequential model = TrainingCases.TinyModel();
        Fit(model, new Sgd(model.Parameters, 0.25), new DataLoader(TrainingCases.TinyDigits(11), 4), new() { Epochs = 2 }, recorder);
        Assert.Equal(
            (6, 22, 2, 0.25), (sums["fastconv.training.steps"], sums["fastconv.training.images"], sums["fastconv.training.epochs"], sums["fastconv.training.learning_rate"]));
        Assert.Equal(recorder.Reports[^1].Loss, (float)sums["fastconv.training.loss"]);
    }

    [Fact]
    public void A_warm_step_with_everything_on_allocates_nothing()
    {
        Sequential model = TrainingCases.TinyModel();
        var optimizer = new Adam(model.Parameters, 0.01) { MaxGradientNorm = 1 };
        var allocations = new List<long>(200);
        long before = 0;
        Fit(
            model,
            optimizer,
            new DataLoader(TrainingCases.TinyDigits(60), 6),
            new()
            {
                Epochs = 10,
                ReportEverySteps = 1,
                Schedule = new SequentialSchedule([new WarmUpSchedule(10), new ChainedSchedule(new CosineSchedule(50), new PlateauSchedule())], [10]),
                AverageDecay = 0.9,
                KeepBest = true,
                Callbacks = [new StepCallback(_ => { })],
            },
            new TrainingCases.Recorder(_ =>
            {
                allocations.Add(GC.GetTotalAllocatedBytes(precise: true) - before);
                before = GC.GetTotalAllocatedBytes(precise: true);
            }));
        allocations.Sort();
        Assert.Equal(0, allocations[allocations.Count / 2]);
    }

    [Fact]
    public void Mixed_samples_are_learned_from_their_shares_of_classes()
    {
        // Two loaders of the same mixed batches: one learned from by the trainer, one by hand.
        SyntheticDigits digits = TrainingCases.TinyDigits(6);
        Sequential model = TrainingCases.TinyModel();
        Fit(model, new Sgd(model.Parameters, 0.5), Mixed(), new());
        Sequential byHand = TrainingCases.TinyModel();
        var optimizer = new Sgd(byHand.Parameters, 0.5);
        var loss = new CrossEntropyLoss();
        foreach (Batch batch in Mixed().Epoch(0))
        {
            Assert.NotNull(batch.SoftTargets);
            optimizer.ZeroGradients();
            loss.Forward(byHand.Forward(batch.Images), batch.SoftTargets);
            byHand.Backward(loss.Backward(), needsInputGradient: false);
            optimizer.Step();
        }

        TestTensors.AssertSameBits(TrainingCases.Values(byHand), TrainingCases.Values(model));

        DataLoader Mixed() => new(digits, 3, seed: 1, mixUp: new MixUp(1));
    }

    [Fact]
    public void Options_that_do_not_fit_are_refused()
    {
        AssertRefused(new() { AccumulateBatches = 0 }, "AccumulateBatches is expected to be at least 1, received 0");
        AssertRefused(new() { Patience = 0 }, "Patience is expected to be at least 1");
        AssertRefused(new() { AverageDecay = 1.5 }, "AverageDecay is expected from 0 to 1, received 1.5");
        AssertRefused(new() { AverageDecay = double.NaN }, "AverageDecay is expected from 0 to 1, received NaN");
        AssertRefused(new() { MinimumImprovement = -1 }, "MinimumImprovement is expected not to be negative");
        AssertRefused(new() { Schedule = new StepSchedule(1), LearningRateFactor = _ => 1 }, "received both");
        AssertRefused(new() { Checkpoint = new("") }, "Checkpoint.Path");
        AssertRefused(new() { Checkpoint = new("x") { EverySteps = 0 } }, "Checkpoint.EverySteps");

        static void AssertRefused(TrainingOptions options, string message) => Assert.Contains(
            message,
            Assert.Throws<ArgumentException>(() => Trainer(TrainingCases.TinyModel(), 0.1).Fit(new DataLoader(TrainingCases.TinyDigits(3), 3), null, options)).Message,
            StringComparison.Ordinal);
    }

    private static Trainer Trainer(Sequential model, double learningRate) => new(model, new CrossEntropyLoss(), new Adam(model.Parameters, learningRate));

    private static void Fit(Sequential model, Optimizer optimizer, DataLoader loader, TrainingOptions options, TrainingCases.Recorder? recorder = null) =>
        new Trainer(model, new CrossEntropyLoss(), optimizer).Fit(loader, null, options, recorder);

    private sealed class StepCallback(Action<TrainingContext> action) : TrainingCallback
    {
        public override void OnStepEnd(TrainingContext context) => action(context);
    }

    private sealed class EpochCallback : TrainingCallback
    {
        public override void OnEpochEnd(TrainingContext context, EpochResult result)
        {
            Assert.Equal(context.Epoch, result.Epoch);
            if (result.Epoch == 2)
            {
                context.Stop($"epoch {result.Epoch}");
            }
        }
    }
}
