using System.Diagnostics;
using FastConv.Layers;
using FastConv.Memory;
using FastConv.Tensors;
using FastConv.Tests.Cases;
using Xunit.Abstractions;

namespace FastConv.Tests.Load;

/// <summary>One model, many threads that predict with it for as long as FASTCONV_LOAD_SECONDS says.</summary>
[Collection(ThreadCases.Collection)]
public sealed class PredictLoadTests(ITestOutputHelper output)
{
    private const int Threads = 8;

    // The pool keeps what as many calls as ever ran at once have used, and that all eight are in the same layer at the same time may happen late. The longest
    // buffer is a convolution's scratch for three images of 19 channels of 32 x 32.
    private const long LargestBuffer = 1 << 20;

    [Fact]
    public void Eight_threads_on_one_model_give_the_same_bits_in_flat_memory()
    {
        Layer model = ModelCases.Wide();
        model.Initialize(1);
        Tensor[] inputs = [.. Enumerable.Range(1, 3).Select(batch => Tensor.From(TestTensors.Random(batch, batch * 3 * 32 * 32), batch, 3, 32, 32))];
        float[][] expected = [.. inputs.Select(input => model.Predict(input).Values.ToArray())];

        PredictFor(LoadTime.Length / 4, model, inputs, expected);
        MemoryMark warm = MemoryMark.Now();
        long created = BufferPool.Created;
        long calls = PredictFor(LoadTime.Length, model, inputs, expected);

        long late = BufferPool.Created - created;
        output.WriteLine($"{calls} predictions in {LoadTime.Length}, {late} buffers made while warm");
        warm.AssertFlat(output, late * LargestBuffer);
    }

    // Every result is compared with what one thread computed alone.
    private static long PredictFor(TimeSpan time, Layer model, Tensor[] inputs, float[][] expected)
    {
        var clock = Stopwatch.StartNew();
        long calls = 0;
        var failures = new List<Exception>();
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(first => new Thread(() =>
        {
            try
            {
                for (int call = first; clock.Elapsed < time; call++)
                {
                    int index = call % inputs.Length;
                    TestTensors.AssertSameBits(expected[index], model.Predict(inputs[index]).Values, $"thread {first}, call {call}");
                    Interlocked.Increment(ref calls);
                }
            }
            catch (Exception error)
            {
                lock (failures)
                {
                    failures.Add(error);
                }
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.Empty(failures);
        return calls;
    }
}
