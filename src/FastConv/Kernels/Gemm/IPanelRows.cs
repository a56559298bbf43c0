namespace FastConv.Kernels.Gemm;

/// <summary>Where a micro-kernel finds the rows of B: the one of the current step of k.</summary>
/// <typeparam name="TSelf">The struct that implements it.</typeparam>
/// <typeparam name="TRow">A row of the tile.</typeparam>
internal interface IPanelRows<TSelf, TRow>
    where TSelf : struct, IPanelRows<TSelf, TRow>
    where TRow : struct
{
    TRow Row { get; }

    /// <summary>What is to be done with the row once, besides multiplying it.</summary>
    void Keep(TRow row);

    /// <summary>The same at the next step.</summary>
    TSelf Next();
}
