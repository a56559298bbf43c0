namespace FastConv.Benchmarks.Peers;

/// <summary>
/// The peers of a run, opened when they are first asked for. A peer a thread count: torch's child process takes its threads from its
/// environment, and what it is told later does not reach all of oneDNN.
/// </summary>
/// <param name="verb">Before messages.</param>
/// <param name="open">Throws a <see cref="PeerException"/> where the peer is absent.</param>
/// <param name="packageOf">Where to get it.</param>
internal sealed class OpenPeers<TPeer>(string verb, Func<string, int, TPeer> open, Func<string, string> packageOf) : IDisposable
    where TPeer : class, IPeer
{
    private readonly Dictionary<(string Name, int Threads), TPeer?> _peers = [];

    /// <summary>Null for a peer that this machine has not; the first time, that is said.</summary>
    public TPeer? Find(string name, int threads)
    {
        if (_peers.TryGetValue((name, threads), out TPeer? known))
        {
            return known;
        }

        TPeer? opened = null;
        try
        {
            opened = open(name, threads);
            Console.WriteLine($"{name}, {threads} thread{(threads > 1 ? "s" : "")}: {opened.Description}");
        }
        catch (PeerException exception)
        {
            Console.Error.WriteLine($"{verb}: {name} is left out: {exception.Message}; it is in the package {packageOf(name)}");
        }

        return _peers[(name, threads)] = opened;
    }

    public void Dispose()
    {
        foreach (TPeer? peer in _peers.Values)
        {
            peer?.Dispose();
        }
    }
}
