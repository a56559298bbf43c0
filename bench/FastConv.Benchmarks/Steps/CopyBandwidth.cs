using System.Diagnostics;
using FastConv.Parallelism;

namespace FastConv.Benchmarks.Steps;

/// <summary>
/// The speed of a copy on FastConv's threads, of buffers far beyond any cache: the limit of operations that do little arithmetic.
/// Memory is touched before it is timed.
/// </summary>
internal sealed unsafe class CopyBandwidth : IDisposable
{
    // 256 MB on either side, copied in quarters: a quarter is out of the cache again when its turn comes, and short enough to escape others.
    private const int Length = 64 << 20;
    private const int Quarter = Length / 4;

    private const int CopiesAtFirst = 20;
    private const int CopiesEachTime = 3;

    private readonly Peers.FloatBuffer _from = new(Length);
    private readonly Peers.FloatBuffer _to = new(Length);
    private readonly Dictionary<int, double> _best = [];
    private int _start;

    /// <summary>Bytes read and written a second by so many threads: the best copy of the run so far, some new ones included.</summary>
    public double Measure(int threads)
    {
        double best = _best.GetValueOrDefault(threads);
        for (int copies = best > 0 ? CopiesEachTime : CopiesAtFirst; copies > 0; copies--)
        {
            best = Math.Max(best, Copy(threads));
        }

        return _best[threads] = best;
    }

    public void Dispose()
    {
        _from.Dispose();
        _to.Dispose();
    }

    private double Copy(int threads)
    {
        _start = (_start + Quarter) % Length;
        var pieces = new Partition(Quarter, threads);
        var job = new CopyJob(_from.Pointer + _start, _to.Pointer + _start, pieces);
        long start = Stopwatch.GetTimestamp();
        WorkerTeam.Run(ref job, pieces.Parts, threads);
        return 2.0 * Quarter * sizeof(float) / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    // One piece a thread: long copies pass the cache by.
    private readonly struct CopyJob(float* from, float* to, Partition pieces) : IParallelJob
    {
        public void Execute(int index, int worker)
        {
            int start = pieces.Start(index);
            long bytes = (long)(pieces.End(index) - start) * sizeof(float);
            Buffer.MemoryCopy(from + start, to + start, bytes, bytes);
        }
    }
}
