using FastConv.Benchmarks.Suites.Scalar;
using FastConv.Data;
using FastConv.Randomness;
using FastConv.Tensors;

namespace FastConv.Benchmarks.Suites;

/// <summary>An epoch of shuffled batches, of digits that are kept as bytes and of samples that are kept as numbers.</summary>
public class DataLoaderBenchmarks : ComparedSuite
{
    private const int BatchSize = 32;
    private const long Seed = 1;
    private const string Digits = "SyntheticDigits";
    private const string InMemory = "InMemoryDataset";

    private long _pixels;

    internal override IEnumerable<string> Names => [Digits, InMemory];

    internal override WorkUnit Unit => WorkUnit.Bytes;

    /// <summary>Every pixel is read as it is kept, and written as a number.</summary>
    internal override double Amount => _pixels * ((Call == Digits ? sizeof(byte) : sizeof(float)) + (double)sizeof(float));

    internal override (SuiteCall Library, SuiteCall Scalar) PrepareCalls()
    {
        SyntheticDigits digits = SyntheticDigits.Load("train");
        int sample = digits.SampleShape.Length;
        var samples = new Tensor(digits.SampleShape.BatchOf(digits.Count));
        int[] labels = new int[digits.Count];
        for (int index = 0; index < digits.Count; index++)
        {
            digits.Read(index, samples.Span.Slice(index * sample, sample), out labels[index]);
        }

        _pixels = samples.Length;
        int[] order = [.. Enumerable.Range(0, digits.Count)];
        new RandomSource(Seed, 0).Shuffle<int>(order);
        var batches = new ScalarBatches(order, sample, BatchSize);
        float[] numbers = samples.Values.ToArray();
        byte[] bytes = Array.ConvertAll(numbers, number => (byte)MathF.Round(number * byte.MaxValue));
        return Call == Digits
            ? (LibraryCall(digits), ScalarCall(() => batches.Read(bytes, 1f / byte.MaxValue)))
            : (LibraryCall(new InMemoryDataset(samples, labels)), ScalarCall(() => batches.Read(numbers, 1)));
    }

    private static SuiteCall LibraryCall(IDataset dataset)
    {
        var loader = new DataLoader(dataset, BatchSize, shuffle: true, Seed);
        Tensor? last = null;
        return new SuiteCall(
            () =>
            {
                foreach (Batch batch in loader.Epoch(0))
                {
                    last = batch.Images;
                }
            },
            () => last!.Values);
    }

    private static SuiteCall ScalarCall(Func<float[]> epoch)
    {
        float[] last = [];
        return new SuiteCall(() => last = epoch(), () => last);
    }
}
