using System.Diagnostics;
using System.Globalization;

namespace FastConv.Benchmarks.Peers;

/// <summary>
/// How many cores other processes keep busy: what /proc/stat counts as busy, steal included, less this process and a peer's. Threads that
/// spin at a barrier while another process has their core make a peer slower by orders of magnitude, so such a row says nothing.
/// </summary>
internal sealed class OtherLoad
{
    private const double TicksPerSecond = 100;

    // user, nice, system, idle, iowait, irq, softirq, steal
    private static readonly int[] BusyColumns = [0, 1, 2, 5, 6, 7];

    private readonly Func<TimeSpan> _peerTime;
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly double? _busyBefore;
    private readonly double _ownBefore;

    /// <param name="peerTime">Processor time that the peer has used in a process of its own.</param>
    public OtherLoad(Func<TimeSpan> peerTime)
    {
        _peerTime = peerTime;
        _busyBefore = BusySeconds();
        _ownBefore = OwnSeconds();
    }

    /// <summary>The mean since the start, in steps of the 10 ms that the system counts in; null where it does not say.</summary>
    public double? Cores => BusySeconds() - _busyBefore is { } busy
        ? Math.Max(0, busy - (OwnSeconds() - _ownBefore)) / Stopwatch.GetElapsedTime(_start).TotalSeconds
        : null;

    private static double? BusySeconds()
    {
        const string Path = "/proc/stat";
        if (!File.Exists(Path) || File.ReadLines(Path).First().Split(' ', StringSplitOptions.RemoveEmptyEntries) is not ["cpu", .. var ticks])
        {
            return null;
        }

        return BusyColumns.Sum(column => long.Parse(ticks[column], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }

    private double OwnSeconds() => (Environment.CpuUsage.TotalTime + _peerTime()).TotalSeconds;
}
