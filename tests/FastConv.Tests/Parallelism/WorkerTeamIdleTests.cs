using System.Diagnostics;
using FastConv.Layers;
using FastConv.Losses;
using FastConv.Optimizers;
using FastConv.Parallelism;
using FastConv.Tensors;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Parallelism;

/// <summary>What the team does between calls, and between callers.</summary>
[Collection(ThreadCases.Collection)]
public sealed class WorkerTeamIdleTests
{
    [Fact]
    public void IdleTeam_UsesNoProcessor()
    {
        var job = new TouchingJob(new int[100]);
        WorkerTeam.Run(ref job, 100, 8);
        Thread.Sleep(50);

        // The least of several seconds: the test runner may be busy now and then, a spinning worker always is.
        double least = double.MaxValue;
        for (int attempt = 0; attempt < 5 && least > 0.1; attempt++)
        {
            TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
            long start = Stopwatch.GetTimestamp();
            Thread.Sleep(1000);
            least = Math.Min(least, (Process.GetCurrentProcess().TotalProcessorTime - before) / Stopwatch.GetElapsedTime(start));
        }

        Assert.InRange(least, 0, 0.1);
    }

    [Fact]
    public void TwoModelsTrainedAtOnce_AreTheModelsTrainedAlone()
    {
        int before = ThreadSettings.MaxThreads;
        try
        {
            ThreadSettings.MaxThreads = 3;
            float[][] alone = [Train(1), Train(2)];
            for (int repetition = 0; repetition < 3; repetition++)
            {
                float[][] together = [[], []];
                Thread[] threads = [.. Enumerable.Range(0, 2).Select(index => new Thread(() => together[index] = Train(index + 1)))];
                Array.ForEach(threads, thread => thread.Start());
                Array.ForEach(threads, thread => thread.Join());
                TestTensors.AssertSameBits(alone[0], together[0], "the first model");
                TestTensors.AssertSameBits(alone[1], together[1], "the second model");
            }
        }
        finally
        {
            ThreadSettings.MaxThreads = before;
        }
    }

    private static float[] Train(int seed)
    {
        var model = new Sequential(new Conv2d(3, 8, 3, padding: 1), new BatchNorm2d(8), new ReLU(), new Flatten(), new Linear(8 * 20 * 20, 10));
        model.Initialize(seed);
        var loss = new CrossEntropyLoss();
        var optimizer = new Adam(model.Parameters) { MaxGradientNorm = 1 };
        Tensor input = Tensor.From(TestTensors.Random(seed, 16 * 3 * 20 * 20), 16, 3, 20, 20);
        int[] labels = [.. Enumerable.Range(0, 16).Select(index => index % 10)];
        for (int step = 0; step < 4; step++)
        {
            loss.Forward(model.Forward(input), labels);
            model.Backward(loss.Backward());
            optimizer.Step();
            optimizer.ZeroGradients();
        }

        return [.. model.Parameters.SelectMany(parameter => parameter.Value.Values.ToArray())];
    }

    private readonly struct TouchingJob(int[] executions) : IParallelJob
    {
        public void Execute(int index, int worker) => Interlocked.Increment(ref executions[index]);
    }
}
