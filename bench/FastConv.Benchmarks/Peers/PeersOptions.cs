namespace FastConv.Benchmarks.Peers;

/// <summary>What the command line asks for. An empty list of sets, passes or peers stands for the usual ones.</summary>
internal sealed record PeersOptions
{
    public const int DefaultBatch = 8;

    /// <summary>Stands for the batch that the shape file gives.</summary>
    public const int OwnBatch = 0;

    public IReadOnlyList<string> Sets { get; init; } = [];

    public IReadOnlyList<string> Passes { get; init; } = [];

    public IReadOnlyList<int> Threads { get; init; } = [1];

    public int Batch { get; init; } = DefaultBatch;

    public IReadOnlyList<string> Peers { get; init; } = [];

    /// <summary>For the whole table; null for a time a row.</summary>
    public double? Seconds { get; init; }

    public string? JsonPath { get; init; }

    /// <summary>Part of a workload's name.</summary>
    public string Filter { get; init; } = "";

    public string ShapesPath { get; init; } = ShapeFile.DefaultPath;
}
