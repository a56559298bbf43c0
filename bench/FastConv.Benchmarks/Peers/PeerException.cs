namespace FastConv.Benchmarks.Peers;

/// <summary>Another engine is absent, refuses a shape or has stopped.</summary>
internal sealed class PeerException(string message) : Exception(message);
