using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using FastConv.Counters;

namespace FastConv.Parallelism;

/// <summary>
/// The only place that starts threads. One job runs at a time; the caller takes part in it. Idle workers spin for a moment and
/// then park. A job started while another runs (from inside a piece, or from another thread) is done by its caller alone, so
/// nesting and concurrent use are safe and never wait for each other.
/// </summary>
internal static unsafe class WorkerTeam
{
    // _seats: low half = open seats, high half = workers inside. A worker joins by one compare-and-swap that takes a seat and
    // counts it in; the caller closes the seats and then waits only for workers that are inside.
    private const int OneInside = 1 << 16;
    private const int OpenMask = OneInside - 1;
    private const int SpinsBeforeParking = 200;

    private static readonly Lock Gate = new();
    private static readonly List<Worker> Workers = [];

    private static delegate*<void*, int, int, void> _execute;
    private static void* _job;
    private static int _count;
    private static int _next;
    private static int _seats;
    private static ExceptionDispatchInfo? _fault;

    [ThreadStatic]
    private static bool _isInside;

    /// <summary>Executes every piece once and returns when all are done.</summary>
    /// <param name="job">Its pieces may run at the same time, on a copy of it: they share what it points to, not its fields.</param>
    /// <param name="count">How many pieces there are.</param>
    /// <param name="maxThreads">Threads that may take part, the caller's included; worker numbers stay below it.</param>
    public static void Run<TJob>(ref TJob job, int count, int maxThreads)
        where TJob : struct, IParallelJob
    {
        WorkCounters.AddDispatch();
        int threads = Math.Min(Math.Min(maxThreads, ThreadSettings.Limit), count);
        if (threads > 1 && !_isInside && Gate.TryEnter())
        {
            try
            {
                Dispatch(job, count, threads);
            }
            finally
            {
                Gate.Exit();
            }

            return;
        }

        for (int index = 0; index < count; index++)
        {
            job.Execute(index, 0);
        }
    }

    private static void Dispatch<TJob>(TJob job, int count, int threads)
        where TJob : struct, IParallelJob
    {
        while (Workers.Count < threads - 1)
        {
            Workers.Add(new Worker(Workers.Count));
        }

        // The job is a copy in this frame, which outlives the dispatch and never moves; workers reach it by address.
        _execute = &Invoke<TJob>;
        _job = Unsafe.AsPointer(ref job);
        _count = count;
        _next = 0;
        Interlocked.Exchange(ref _seats, threads - 1);
        for (int worker = 0; worker < threads - 1; worker++)
        {
            Workers[worker].Wake();
        }

        TakePart(worker: 0);
        int seats = _seats;
        while ((seats & OpenMask) != 0)
        {
            seats = Interlocked.CompareExchange(ref _seats, seats & ~OpenMask, seats) == seats ? seats & ~OpenMask : _seats;
        }

        var spin = new SpinWait();
        while (Volatile.Read(ref _seats) != 0)
        {
            spin.SpinOnce(sleep1Threshold: -1);
        }

        _job = null;
        if (_fault is { } fault)
        {
            _fault = null;
            fault.Throw();
        }
    }

    private static void Invoke<TJob>(void* job, int index, int worker)
        where TJob : struct, IParallelJob => Unsafe.AsRef<TJob>(job).Execute(index, worker);

    private static void TakePart(int worker)
    {
        _isInside = true;
        try
        {
            int index;
            while ((index = Interlocked.Increment(ref _next) - 1) < _count)
            {
                _execute(_job, index, worker);
            }
        }
#pragma warning disable CA1031 // Whatever a piece throws must reach the caller, and on a worker nothing else may see it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Interlocked.CompareExchange(ref _fault, ExceptionDispatchInfo.Capture(exception), null);
            Interlocked.Exchange(ref _next, _count);
        }
        finally
        {
            _isInside = false;
        }
    }

    // The number of the seat taken, from 1, or 0 when none is open.
    private static int TryJoin()
    {
        int seats = Volatile.Read(ref _seats);
        while ((seats & OpenMask) != 0)
        {
            int before = Interlocked.CompareExchange(ref _seats, seats - 1 + OneInside, seats);
            if (before == seats)
            {
                return seats & OpenMask;
            }

            seats = before;
        }

        return 0;
    }

#pragma warning disable CA1001 // A worker and its signal live as long as the process.
    private sealed class Worker
#pragma warning restore CA1001
    {
        private readonly AutoResetEvent _signal = new(initialState: false);
        private int _isParked;

        public Worker(int number) =>
            new Thread(Loop) { IsBackground = true, Name = $"FastConv worker {number + 1}" }.Start();

        public void Wake()
        {
            if (Interlocked.Exchange(ref _isParked, 0) == 1)
            {
                _signal.Set();
            }
        }

        private void Loop()
        {
            while (true)
            {
                int seat = WaitForSeat();
                TakePart(seat);
                Interlocked.Add(ref _seats, -OneInside);
            }
        }

        private int WaitForSeat()
        {
            while (true)
            {
                int seat;
                for (int spin = 0; spin < SpinsBeforeParking; spin++)
                {
                    if ((seat = TryJoin()) != 0)
                    {
                        return seat;
                    }

                    Thread.SpinWait(20);
                }

                Volatile.Write(ref _isParked, 1);
                Interlocked.MemoryBarrier();
                seat = TryJoin();
                if (seat != 0)
                {
                    // Whoever clears the flag owns the signal: if Wake was first, its signal must be consumed.
                    if (Interlocked.Exchange(ref _isParked, 0) == 0)
                    {
                        _signal.WaitOne();
                    }

                    return seat;
                }

                _signal.WaitOne();
            }
        }
    }
}
