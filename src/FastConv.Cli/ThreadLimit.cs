using FastConv.Parallelism;

namespace FastConv.Cli;

/// <summary>Another number of threads until it is disposed.</summary>
internal readonly struct ThreadLimit : IDisposable
{
    private readonly int _before;

    public ThreadLimit(int threads)
    {
        _before = ThreadSettings.MaxThreads;
        ThreadSettings.MaxThreads = threads;
    }

    public void Dispose() => ThreadSettings.MaxThreads = _before;
}
