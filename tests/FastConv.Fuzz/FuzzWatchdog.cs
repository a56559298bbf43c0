using System.Diagnostics;

namespace FastConv.Fuzz;

/// <summary>Ends the process when a case takes too long, which nothing else could; the input was saved before.</summary>
internal sealed class FuzzWatchdog : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private readonly Action _onHang;
    private readonly Timer _timer;
    private long _started;

    /// <param name="onHang">Tells what hangs.</param>
    public FuzzWatchdog(Action onHang)
    {
        _onHang = onHang;
        _timer = new Timer(_ => Look(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    public void Begin() => Interlocked.Exchange(ref _started, Stopwatch.GetTimestamp());

    public void End() => Interlocked.Exchange(ref _started, 0);

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        long started = Interlocked.Read(ref _started);
        if (started != 0 && Stopwatch.GetElapsedTime(started) > Longest)
        {
            _onHang();
            Environment.Exit(1);
        }
    }
}
