namespace FastConv.Benchmarks.Peers;

/// <summary>Another engine.</summary>
internal interface IPeer : IDisposable
{
    string Name { get; }

    /// <summary>What this run found: version, kernels chosen for this machine.</summary>
    string Description { get; }

    /// <summary>What it has used in a process of its own.</summary>
    TimeSpan ProcessorTime => TimeSpan.Zero;
}

/// <summary>One that does convolutions or matrix products.</summary>
internal interface IWorkloadPeer : IPeer
{
    /// <summary>Makes one workload ready on so many threads.</summary>
    /// <exception cref="PeerException">The engine refuses it or has failed.</exception>
    IPeerCall Prepare(Workload workload, Operands operands, int threads);
}

/// <summary>One workload in another engine, ready to run.</summary>
internal interface IPeerCall : IDisposable
{
    /// <summary>Whether <see cref="RunBare"/> measures something of its own.</summary>
    bool HasBare => false;

    /// <summary>Seconds that so many calls on plain row-major tensors take, one after the other.</summary>
    double Run(int calls);

    /// <summary>The same on tensors that already have the layout the engine likes best.</summary>
    double RunBare(int calls) => throw new NotSupportedException();

    /// <summary>Calls once and copies the result.</summary>
    void ReadResult(Span<float> result);
}
