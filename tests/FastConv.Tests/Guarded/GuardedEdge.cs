namespace FastConv.Tests.Guarded;

/// <summary>Which end of a span lies at a page that faults.</summary>
internal enum GuardedEdge
{
    /// <summary>The byte before the first element faults.</summary>
    Start,

    /// <summary>The byte after the last element faults.</summary>
    End,
}
