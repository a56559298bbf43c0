namespace FastConv.Parallelism;

/// <summary>
/// Threads that work ahead of the caller for a while, where <see cref="WorkerTeam"/>'s share one job with it. All run the same body until it returns, which
/// must catch what it throws; the process does not wait for them.
/// </summary>
internal sealed class BackgroundThreads
{
    private readonly Thread[] _threads;

    /// <summary>Starts the threads.</summary>
    public BackgroundThreads(int count, string name, Action body)
    {
        _threads = new Thread[count];
        for (int index = 0; index < count; index++)
        {
            _threads[index] = new Thread(() => body()) { IsBackground = true, Name = $"{name} {index + 1}" };
            _threads[index].Start();
        }
    }

    /// <summary>Waits until all have ended.</summary>
    public void Join()
    {
        foreach (Thread thread in _threads)
        {
            thread.Join();
        }
    }
}
