using System.Runtime.ExceptionServices;
using FastConv.Parallelism;

namespace FastConv.Data;

/// <summary>
/// One epoch, read ahead by threads of its own. They take rows in order, a few at a time, so that several read the same batch, and go no further ahead than
/// there is memory: a batch's memory is free when the one behind it is asked for. What rows hold does not depend on who reads them.
/// </summary>
internal sealed class PrefetchQueue
{
    // The rows that a worker takes at a time: so few that all end together, so many that the lock is quiet.
    private const int PiecesPerBatch = 16;

    private readonly BatchReader _reader;
    private readonly int _pieceLength;
    private readonly Place[] _places;
    private readonly BackgroundThreads _threads;
    private readonly object _gate = new();

    // All of the following is read and written under the gate.
    private int _wanted;
    private int _claimed;
    private int _claimedRow;
    private bool _isStopped;

    public PrefetchQueue(BatchReader reader, int firstBatch, int workers)
    {
        _reader = reader;
        _pieceLength = (reader.BatchSize + PiecesPerBatch - 1) / PiecesPerBatch;
        _places = new Place[reader.Places];
        _wanted = firstBatch;
        _claimed = firstBatch;
        _threads = new BackgroundThreads(workers, "FastConv loader", Work);
    }

    /// <summary>Waits for a batch, and frees the memory of the one before it.</summary>
    /// <exception cref="InvalidDataException">A row of the batch cannot be read: the first of those.</exception>
    public Batch Take(int number)
    {
        lock (_gate)
        {
            _wanted = number;
            Monitor.PulseAll(_gate);
            ref Place place = ref _places[number % _places.Length];
            while (_claimed <= number || place.RowsLeft > 0)
            {
                Monitor.Wait(_gate);
            }

            place.Fault?.Throw();
            return _reader.At(number);
        }
    }

    /// <summary>Ends the threads. They do not outlive the row that they are at.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _isStopped = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits for the threads to end.</summary>
    public void Join() => _threads.Join();

    private void Work()
    {
        while (TryClaim(out int number, out int firstRow, out int endRow))
        {
            ExceptionDispatchInfo? fault = null;
            int row = firstRow;
            try
            {
                for (; row < endRow && !Volatile.Read(ref _isStopped); row++)
                {
                    _reader.ReadRow(number, row);
                }
            }
#pragma warning disable CA1031 // Whatever reading throws must reach the consumer, and on this thread nothing else may see it.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                fault = ExceptionDispatchInfo.Capture(exception);
            }

            Complete(number, endRow - firstRow, row, fault);
        }
    }

    private bool TryClaim(out int number, out int firstRow, out int endRow)
    {
        lock (_gate)
        {
            while (!_isStopped && _claimed < _reader.BatchCount && _claimed >= _wanted + _places.Length)
            {
                Monitor.Wait(_gate);
            }

            number = _claimed;
            firstRow = _claimedRow;
            endRow = firstRow;
            if (_isStopped || number == _reader.BatchCount)
            {
                return false;
            }

            int count = _reader.At(number).Count;
            if (firstRow == 0)
            {
                _reader.BeginBatch(number);
                _places[number % _places.Length] = new Place { RowsLeft = count };
            }

            endRow = Math.Min(firstRow + _pieceLength, count);
            _claimedRow = endRow % count;
            _claimed += endRow / count;
            return true;
        }
    }

    // Whoever completes the last row does what is done with the whole batch; only then is no row left.
    private void Complete(int number, int rows, int faultRow, ExceptionDispatchInfo? fault)
    {
        bool isLast;
        bool isWhole;
        lock (_gate)
        {
            ref Place place = ref _places[number % _places.Length];
            if (fault is not null && (place.Fault is null || faultRow < place.FaultRow))
            {
                place.Fault = fault;
                place.FaultRow = faultRow;
            }

            isLast = place.RowsLeft == rows;
            isWhole = place.Fault is null && !_isStopped;
            place.RowsLeft -= isLast ? 0 : rows;
        }

        if (isLast)
        {
            if (isWhole)
            {
                _reader.EndBatch(number);
            }

            lock (_gate)
            {
                _places[number % _places.Length].RowsLeft = 0;
                Monitor.PulseAll(_gate);
            }
        }
    }

    // What is known of the batch that lies in one place of the reader.
    private struct Place
    {
        public int RowsLeft;
        public int FaultRow;
        public ExceptionDispatchInfo? Fault;
    }
}
