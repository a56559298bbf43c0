using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using FastConv.Data;
using FastConv.Shapes;
using FastConv.Tensors;

namespace FastConv.Tests.Data;

/// <summary>A loader with workers gives what one without gives, and leaves nothing behind.</summary>
public sealed class PrefetchTests
{
    private const int Count = 103;

    public static TheoryData<int, int> WorkersAndPrefetch => new() { { 1, 1 }, { 1, 3 }, { 2, 1 }, { 2, 2 }, { 5, 4 }, { 3, 1000 } };

    [Theory]
    [MemberData(nameof(WorkersAndPrefetch))]
    public void Batches_have_the_same_bits_for_any_number_of_workers(int workers, int prefetch)
    {
        foreach (bool dropLast in (bool[])[false, true])
        {
            var alone = new DataLoader(Augmented(), 8, shuffle: true, seed: 5, dropLast, mixUp: new MixUp(0.5));
            var loader = new DataLoader(Augmented(), 8, shuffle: true, seed: 5, dropLast, workers, prefetch, new MixUp(0.5));
            for (int epoch = 0; epoch < 6; epoch++)
            {
                List<float[]> expected = Contents(alone.Epoch(epoch));
                Assert.Equal(alone.BatchCount, expected.Count);
                Assert.Equal(expected, Contents(loader.Epoch(epoch)));
                Assert.Equal(expected.Skip(4), Contents(loader.Epoch(epoch, firstBatch: 4)));
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void An_epoch_can_begin_at_a_later_batch(int workers)
    {
        var read = new ConcurrentBag<int>();
        var loader = new DataLoader(new Watched(Count, read.Add), 8, shuffle: true, seed: 1, workers: workers);
        List<float[]> whole = Contents(loader.Epoch(7));
        read.Clear();
        Assert.Equal(whole.Skip(11), Contents(loader.Epoch(7, 11)));
        Assert.Equal(Count - 88, read.Count);
        Assert.Empty(Contents(loader.Epoch(7, loader.BatchCount)));
        Assert.Throws<ArgumentOutOfRangeException>(() => loader.Epoch(7, loader.BatchCount + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => loader.Epoch(7, -1));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    public void Workers_go_no_further_ahead_than_they_may(int workers, int prefetch)
    {
        int read = 0;
        var loader = new DataLoader(new Watched(Count, _ => Interlocked.Increment(ref read)), 4, workers: workers, prefetch: prefetch);
        int asked = 0;
        foreach (Batch _ in loader.Epoch(0))
        {
            int ahead = Math.Min((++asked + prefetch) * 4, Count);
            Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref read) == ahead, TimeSpan.FromSeconds(30)));
            Thread.Sleep(1);
            Assert.Equal(ahead, Volatile.Read(ref read));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Threads_end_with_the_epoch(bool isLeftEarly)
    {
        var threads = new ConcurrentDictionary<Thread, bool>();
        var loader = new DataLoader(new Watched(Count, _ => threads.TryAdd(Thread.CurrentThread, true)), 4, workers: 2);
        foreach (Batch _ in loader.Epoch(0))
        {
            if (isLeftEarly)
            {
                break;
            }
        }

        Assert.NotEmpty(threads);
        Assert.DoesNotContain(Thread.CurrentThread, threads.Keys);
        Assert.All(threads.Keys, thread => Assert.False(thread.IsAlive));
    }

    [Fact]
    public void Threads_end_when_a_loader_is_forgotten()
    {
        var threads = new ConcurrentDictionary<Thread, bool>();
        Forget(threads);
        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                return !threads.IsEmpty && threads.Keys.All(thread => !thread.IsAlive);
            },
            TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void Another_epoch_ends_the_one_under_way()
    {
        var loader = new DataLoader(new Watched(Count, _ => { }), 4, shuffle: true, workers: 2);
        List<float[]> second = Contents(loader.Epoch(1));
        DataLoader.BatchEnumerator old = loader.Epoch(0).GetEnumerator();
        Assert.True(old.MoveNext());
        DataLoader.BatchEnumerator current = loader.Epoch(1).GetEnumerator();
        Assert.Throws<InvalidOperationException>(() => old.MoveNext());
        old.Dispose();
        Assert.True(current.MoveNext());
        Assert.Equal(second[0], Contents(current.Current));
        current.Dispose();
        Assert.False(current.MoveNext());
    }

    // The first bad sample of the batch, whoever was first to come across one.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public void What_a_sample_throws_reaches_the_consumer(int workers)
    {
        var loader = new DataLoader(
            new Watched(Count, index => _ = index is 43 or 46 or 60 ? throw new NotSupportedException($"no {index}") : 0), 8, workers: workers);
        int batches = 0;
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() =>
        {
            foreach (Batch _ in loader.Epoch(0))
            {
                batches++;
            }
        });
        Assert.Equal(5, batches);
        Assert.Equal("watched: sample 43 cannot be read: no 43", exception.Message);
        Assert.IsType<NotSupportedException>(exception.InnerException);

        // The loader can be used again.
        Assert.Throws<InvalidDataException>(() => Contents(loader.Epoch(1)));
        Assert.Equal(5, Contents(loader.Epoch(0, 8)).Count);
    }

    // 250 batches an epoch: not a byte of it comes from them.
    [Fact]
    public void A_warm_epoch_allocates_only_its_threads()
    {
        const int Epochs = 10;
        long byWorkers = 0;
        var loader = new DataLoader(
            new Watched(1000, _ => InterlockedMax(ref byWorkers, GC.GetAllocatedBytesForCurrentThread())), 4, shuffle: true, workers: 2, mixUp: new MixUp());
        long before = 0;
        for (int epoch = 0; epoch < 2 + Epochs; epoch++)
        {
            before = epoch == 2 ? GC.GetAllocatedBytesForCurrentThread() : before;
            byWorkers = epoch == 2 ? 0 : byWorkers;
            foreach (Batch _ in loader.Epoch(epoch))
            {
            }
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / Epochs, 1, 2048);
        Assert.InRange(byWorkers, 0, 1024);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Waiting_is_measured(int workers)
    {
        var loader = new DataLoader(new Watched(16, _ => Thread.Sleep(1)), 4, workers: workers, prefetch: 1);
        Assert.Equal(0, loader.LoadingTime.WaitingShare);
        foreach (Batch _ in loader.Epoch(0))
        {
            Thread.Sleep(2);
        }

        LoadingTime time = loader.LoadingTime;
        Assert.InRange(time.Waiting, workers == 0 ? TimeSpan.FromMilliseconds(16) : TimeSpan.FromTicks(1), time.Total - TimeSpan.FromMilliseconds(8));
        Assert.Equal(time.Waiting / time.Total, time.WaitingShare);
    }

    [Fact]
    public void Refuses_other_numbers_of_workers()
    {
        var dataset = new Watched(4, _ => { });
        Assert.Throws<ArgumentOutOfRangeException>(() => new DataLoader(dataset, 1, workers: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DataLoader(dataset, 1, workers: DataLoader.MaxWorkers + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DataLoader(dataset, 1, workers: 1, prefetch: 0));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Forget(ConcurrentDictionary<Thread, bool> threads)
    {
        DataLoader.BatchEnumerator batches = new DataLoader(new Watched(Count, _ => threads.TryAdd(Thread.CurrentThread, true)), 4, workers: 2).Epoch(0).GetEnumerator();
        Assert.True(batches.MoveNext());
    }

    private static void InterlockedMax(ref long most, long value)
    {
        long seen = Interlocked.Read(ref most);
        while (value > seen)
        {
            seen = Interlocked.CompareExchange(ref most, value, seen);
        }
    }

    private static TransformedDataset Augmented()
    {
        var samples = new Tensor(Count, 1, 6, 6);
        for (int index = 0; index < samples.Length; index++)
        {
            samples.Span[index] = index;
        }

        int[] labels = [.. Enumerable.Range(0, Count).Select(index => index % 5)];
        return new TransformedDataset(new InMemoryDataset(samples, labels), seed: 5, new RandomCrop(6, 6, padding: 2), new RandomHorizontalFlip(), new Cutout(2));
    }

    private static List<float[]> Contents(DataLoader.Batches epoch)
    {
        var contents = new List<float[]>();
        foreach (Batch batch in epoch)
        {
            contents.Add(Contents(batch));
        }

        return contents;
    }

    private static float[] Contents(Batch batch) =>
    [
        .. batch.Indices.ToArray(), .. batch.Labels.ToArray(), .. batch.Images.Values, .. batch.SoftTargets is { } targets ? targets.Values : [],
    ];

    // Sample i is [i]; says which samples are read.
    private sealed class Watched(int count, Action<int> onRead) : IDataset
    {
        public string Name => "watched";

        public int Count => count;

        public TensorShape SampleShape => [1];

        public int ClassCount => 2;

        public void Read(int index, Span<float> sample, out int label)
        {
            onRead(index);
            sample[0] = index;
            label = index % 2;
        }
    }
}
