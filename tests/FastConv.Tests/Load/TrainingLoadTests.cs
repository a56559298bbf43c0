using FastConv.Data;
using FastConv.Layers;
using FastConv.Losses;
using FastConv.Memory;
using FastConv.Optimizers;
using FastConv.Tests.Cases;
using FastConv.Training;
using Xunit.Abstractions;

namespace FastConv.Tests.Load;

/// <summary>Trainings beside each other, one after the other in great number, and interrupted.</summary>
[Collection(ThreadCases.Collection)]
public sealed class TrainingLoadTests(ITestOutputHelper output)
{
    private const int Models = 1000;
    private const int Interruptions = 30;

    [Fact]
    public async Task Two_trainings_at_once_give_the_bits_of_each_alone()
    {
        float[][] alone = [Trained(1), Trained(2)];
        for (int round = 0; round < 5; round++)
        {
            Task<float[]>[] together = [Task.Run(() => Trained(1)), Task.Run(() => Trained(2))];
            float[][] trained = await Task.WhenAll(together);
            TestTensors.AssertSameBits(alone[0], trained[0], "the first beside the second");
            TestTensors.AssertSameBits(alone[1], trained[1], "the second beside the first");
        }
    }

    [Fact]
    public void A_thousand_models_that_were_trained_and_dropped_leave_no_memory_behind()
    {
        MakeAndDrop(Models / 10);
        MemoryMark warm = MemoryMark.Now();
        MakeAndDrop(Models);
        warm.AssertFlat(output);
    }

    [Fact]
    public void Cancellation_at_any_moment_leaves_everything_usable()
    {
        float[] expected = Trained(3);
        var random = new Random(1);
        int cancelled = 0;
        long rented = BufferPool.Rented;
        for (int interruption = 0; interruption < Interruptions; interruption++)
        {
            using var source = new CancellationTokenSource(TimeSpan.FromMicroseconds(random.Next(12_000)));
            Sequential model = TrainingCases.TinyModel(seed: interruption);
            try
            {
                Fit(model, epochs: 50, workers: 1 + interruption % 2, source.Token);
            }
            catch (OperationCanceledException)
            {
                cancelled++;
            }

            // The same model trains on and predicts; what the process shares is as before.
            Fit(model, epochs: 1, workers: 1, CancellationToken.None);
            Assert.All(TrainingCases.Values(model), value => Assert.True(float.IsFinite(value)));
            Assert.Equal(rented, BufferPool.Rented);
        }

        output.WriteLine($"{cancelled} of {Interruptions} were cancelled");
        Assert.InRange(cancelled, Interruptions / 2, Interruptions);
        TestTensors.AssertSameBits(expected, Trained(3), "a training after all interruptions");
    }

    private static float[] Trained(long seed)
    {
        Sequential model = TrainingCases.TinyModel(seed: seed);
        Fit(model, epochs: 3, workers: 1, CancellationToken.None);
        return TrainingCases.Values(model);
    }

    private static void MakeAndDrop(int count)
    {
        for (int number = 0; number < count; number++)
        {
            Sequential model = TrainingCases.TinyModel(seed: number);
            new Trainer(model, new CrossEntropyLoss(), new Adam(model.Parameters, 0.01)).Fit(
                new DataLoader(TrainingCases.TinyDigits(6), 6), options: new() { Epochs = 1 });
        }
    }

    private static void Fit(Sequential model, int epochs, int workers, CancellationToken cancellation)
    {
        SyntheticDigits digits = TrainingCases.TinyDigits(60);
        new Trainer(model, new CrossEntropyLoss(), new Adam(model.Parameters, 0.01)).Fit(
            new DataLoader(digits, 6, shuffle: true, seed: 3, workers: workers), digits, new() { Epochs = epochs }, cancellationToken: cancellation);
    }
}
