using FastConv.Data;
using FastConv.Interchange;
using FastConv.Layers;
using FastConv.Losses;
using FastConv.Optimizers;
using FastConv.Tensors;
using FastConv.Tests.Cases;
using FastConv.Training;

namespace FastConv.Tests.Training;

public sealed class TrainingCheckpointTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, int, int> Interruptions
    {
        get
        {
            var data = new TheoryData<string, int, int>();
            foreach (string optimizer in Optimizer.Names)
            {
                data.Add(optimizer, 10, 1);
            }

            foreach (int step in (int[])[1, 2, 3, 6, 7, 8, 9, 13, 14, 15, 18, 20])
            {
                data.Add("adam", step, 1);
            }

            data.Add("adam", 4, 3);
            data.Add("momentum", 9, 2);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Interruptions))]
    public void A_resumed_training_has_the_bits_of_one_that_was_not_interrupted(string optimizer, int step, int accumulate)
    {
        var whole = new ResumableRun(_folder["whole"], optimizer);
        (float[] values, string history) = whole.Outcome(whole.Fit(resume: false, accumulate: accumulate)!);

        Assert.Null(new ResumableRun(_folder["parts"], optimizer).Fit(resume: false, cancelAfter: step, accumulate: accumulate));
        var rest = new ResumableRun(_folder["parts"], optimizer, seed: 2);
        (float[] resumedValues, string resumedHistory) = rest.Outcome(rest.Fit(resume: true, accumulate: accumulate)!);
        TestTensors.AssertSameBits(values, resumedValues);
        Assert.Equal(history, resumedHistory);
    }

    [Fact]
    public void A_training_that_is_interrupted_after_every_second_step_ends_the_same()
    {
        var whole = new ResumableRun(_folder["whole"]);
        (float[] values, string history) = whole.Outcome(whole.Fit(resume: false)!);
        Assert.Null(new ResumableRun(_folder["parts"]).Fit(resume: false, cancelAfter: 2));
        for (int step = 4; step < ResumableRun.Steps; step += 2)
        {
            Assert.Null(new ResumableRun(_folder["parts"], seed: step).Fit(resume: true, cancelAfter: step));
        }

        var rest = new ResumableRun(_folder["parts"], seed: 99);
        (float[] resumedValues, string resumedHistory) = rest.Outcome(rest.Fit(resume: true)!);
        TestTensors.AssertSameBits(values, resumedValues);
        Assert.Equal(history, resumedHistory);
    }

    [Fact]
    public void A_checkpoint_from_between_steps_continues_with_the_same_bits()
    {
        var whole = new ResumableRun(_folder["whole"]);
        (float[] values, string history) = whole.Outcome(whole.Fit(resume: false)!);

        // Cancelled after step 13 without saving: the file is that of step 12, where a multiple of 4 was reached.
        Assert.Null(new ResumableRun(_folder["parts"]).Fit(resume: false, cancelAfter: 13, everySteps: 4, saveOnCancellation: false));
        using (SafetensorsFile file = SafetensorsFile.Open(_folder["parts"]))
        {
            Assert.Contains("\"step\":12", file.Metadata["training"], StringComparison.Ordinal);
        }

        var rest = new ResumableRun(_folder["parts"], seed: 2);
        (float[] resumedValues, string resumedHistory) = rest.Outcome(rest.Fit(resume: true, everySteps: 4)!);
        TestTensors.AssertSameBits(values, resumedValues);
        Assert.Equal(history, resumedHistory);
    }

    [Fact]
    public void A_training_that_has_ended_is_resumed_to_its_result()
    {
        var whole = new ResumableRun(_folder["whole"]);
        TrainingResult result = whole.Fit(resume: false)!;
        (float[] values, string history) = whole.Outcome(result);
        var again = new ResumableRun(_folder["whole"], seed: 2);
        (float[] resumedValues, string resumedHistory) = again.Outcome(again.Fit(resume: true)!);
        TestTensors.AssertSameBits(values, resumedValues);
        Assert.Equal(history, resumedHistory);
        using SafetensorsFile file = SafetensorsFile.Open(_folder["whole"]);
        Assert.Equal(whole.TensorCount, file.Tensors.Count);
    }

    [Fact]
    public void A_callback_that_cancels_at_the_end_of_an_epoch_leaves_the_checkpoint_before()
    {
        using var source = new CancellationTokenSource();
        Sequential model = TrainingCases.TinyModel();
        var steps = new List<object?>();
        Assert.Throws<OperationCanceledException>(() => new Trainer(model, new CrossEntropyLoss(), new Adam(model.Parameters)).Fit(
            new DataLoader(TrainingCases.TinyDigits(10), 5),
            options: new()
            {
                Epochs = 3,
                Checkpoint = new(_folder["x"]),
                Callbacks = [new CancelAfterEpoch(source, 2)],
                OnEvent = happened => steps.AddRange(happened.Kind == TrainingEventKind.CheckpointSaved ? happened.Arguments[2..] : []),
            },
            cancellationToken: source.Token));
        Assert.Equal([2], steps);
    }

    [Fact]
    public void A_loop_of_ones_own_saves_and_loads()
    {
        Sequential model = Model(seed: 1);
        var optimizer = new RmsProp(model.Parameters, 0.01, momentum: 0.5, centered: true);
        TakeStep(model, optimizer, 1);
        optimizer.LearningRate = 0.1 + 0.2;
        new TrainingCheckpoint(model, optimizer) { Epoch = 4, EpochStep = 5, Step = 6 }.Save(_folder["x"]);

        Sequential other = Model(seed: 2);
        var otherOptimizer = new RmsProp(other.Parameters, 0.5, momentum: 0.5, centered: true);
        var checkpoint = new TrainingCheckpoint(other, otherOptimizer);
        checkpoint.Load(_folder["x"]);
        Assert.Equal((4, 5, 6), (checkpoint.Epoch, checkpoint.EpochStep, checkpoint.Step));
        Assert.Equal((1, 0.1 + 0.2), (otherOptimizer.StepCount, otherOptimizer.LearningRate));
        TakeStep(model, optimizer, 2);
        TakeStep(other, otherOptimizer, 2);
        TestTensors.AssertSameBits(TrainingCases.Values(model), TrainingCases.Values(other));
    }

    [Fact]
    public void The_model_of_a_checkpoint_loads_by_itself()
    {
        Sequential model = Model(seed: 1);
        new TrainingCheckpoint(model, new Adam(model.Parameters)).Save(_folder["x"]);
        Sequential other = Model(seed: 2);
        other.LoadSafetensors(_folder["x"], prefix: TrainingCheckpoint.ModelPrefix);
        TestTensors.AssertSameBits(TrainingCases.Values(model), TrainingCases.Values(other));
    }

    [Fact]
    public void What_does_not_fit_is_refused_and_changes_nothing()
    {
        Sequential model = Model(seed: 1);
        var adam = new Adam(model.Parameters);
        TakeStep(model, adam, 1);
        new TrainingCheckpoint(model, adam).Save(_folder["x"]);
        model.SaveSafetensors(_folder["model"]);

        Sequential other = Model(seed: 2);
        AssertRefused(other, new AdaGrad(other.Parameters), "x", "optimizer: expected 'AdaGrad', received 'Adam'");
        var larger = new Sequential(new Linear(3, 5), new Dropout(), new Linear(5, 2));
        AssertRefused(larger, new Adam(larger.Parameters), "x", "mis-shaped model.0.weight: expected [5, 3], received [4, 3]");
        var shorter = new Sequential(new Linear(3, 4), new Dropout());
        AssertRefused(shorter, new Adam(shorter.Parameters), "x", "unexpected model.2.weight");
        var undropped = new Sequential(new Linear(3, 4), new ReLU(), new Linear(4, 2));
        AssertRefused(undropped, new Adam(undropped.Parameters), "model", "format: expected 'fastconv.training.1', received 'pt'");
        var elsewhere = Sequential.Named(("0", new Linear(3, 4)), ("d", new Dropout()), ("2", new Linear(4, 2)));
        AssertRefused(elsewhere, new Adam(elsewhere.Parameters), "x", "random.d");
        Edit("\"epoch\":1", "\"epoch\":0");
        AssertRefused(other, new Adam(other.Parameters), "x", "counts from 0");
        Edit("\"epoch\":0", "\"epoch\":}");
        AssertRefused(other, new Adam(other.Parameters), "x", "expected the state of a training");

        void Edit(string before, string after)
        {
            string text = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(_folder["x"]));
            Assert.Contains(before.Replace("\"", "\\\"", StringComparison.Ordinal), text, StringComparison.Ordinal);
            File.WriteAllBytes(_folder["x"], System.Text.Encoding.Latin1.GetBytes(
                text.Replace(before.Replace("\"", "\\\"", StringComparison.Ordinal), after.Replace("\"", "\\\"", StringComparison.Ordinal), StringComparison.Ordinal)));
        }

        void AssertRefused(Sequential refusing, Optimizer optimizer, string file, string message)
        {
            float[] before = TrainingCases.Values(refusing);
            InvalidDataException exception = Assert.Throws<InvalidDataException>(() => new TrainingCheckpoint(refusing, optimizer).Load(_folder[file]));
            Assert.StartsWith(_folder[file], exception.Message, StringComparison.Ordinal);
            Assert.Contains(message, exception.Message.Replace("'__metadata__.", "", StringComparison.Ordinal).Replace("': expected", ": expected", StringComparison.Ordinal), StringComparison.Ordinal);
            TestTensors.AssertSameBits(before, TrainingCases.Values(refusing));
            Assert.Equal(0, optimizer.StepCount);
        }
    }

    [FullDiskFact]
    public void A_full_disk_ends_training_with_an_IOException_and_the_checkpoint_before_stays()
    {
        using var disk = new SmallDisk(kilobytes: 64);
        string path = Path.Combine(disk.Path, "x");
        Assert.Null(new ResumableRun(path).Fit(resume: false, cancelAfter: 5));
        byte[] before = File.ReadAllBytes(path);
        File.WriteAllBytes(Path.Combine(disk.Path, "filler"), new byte[64 * 1024 - 2 * 4096 - before.Length]);
        Assert.ThrowsAny<IOException>(() => new ResumableRun(path).Fit(resume: true));
        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Equal(2, Directory.GetFiles(disk.Path).Length);
    }

    private static Sequential Model(long seed)
    {
        var model = new Sequential(new Linear(3, 4), new Dropout(), new Linear(4, 2));
        model.Initialize(seed);
        return model;
    }

    private static void TakeStep(Sequential model, Optimizer optimizer, long seed)
    {
        optimizer.ZeroGradients();
        model.Forward(Tensor.From(TestTensors.Random(seed, 6), 2, 3));
        model.Backward(Tensor.From(TestTensors.Random(seed + 10, 4), 2, 2));
        optimizer.Step();
    }

    private sealed class CancelAfterEpoch(CancellationTokenSource source, int epoch) : TrainingCallback
    {
        public override void OnEpochEnd(TrainingContext context, EpochResult result)
        {
            if (result.Epoch == epoch)
            {
                source.Cancel();
                source.Token.ThrowIfCancellationRequested();
            }
        }
    }
}
