namespace FastConv.PerfGate;

/// <summary>One of the things that the gate holds kernels to.</summary>
internal interface IGateLayer
{
    /// <summary>What <c>--layer</c> is given.</summary>
    string Name { get; }

    /// <summary>Looks at every kernel whose name contains the filter.</summary>
    /// <param name="options">Of the command line.</param>
    /// <param name="say">For what is no row: a line of text.</param>
    IEnumerable<GateRow> Check(GateOptions options, Action<string> say);

    /// <summary>Records what is as what must be, where the layer records anything.</summary>
    /// <inheritdoc cref="Check"/>
    void Update(GateOptions options, Action<string> say);
}
