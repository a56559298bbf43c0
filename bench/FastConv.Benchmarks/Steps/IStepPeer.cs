using FastConv.Benchmarks.Peers;

namespace FastConv.Benchmarks.Steps;

/// <summary>Another engine that does rows of this comparison.</summary>
internal interface IStepPeer : IPeer
{
    /// <summary>What to wait after a turn of it, until its threads have gone to sleep; null for what most take.</summary>
    TimeSpan? Pause => null;

    /// <summary>Makes a row ready on so many threads.</summary>
    /// <exception cref="PeerException">The engine refuses it or has failed.</exception>
    IPeerCall Prepare(OwnSide own, int threads);
}
