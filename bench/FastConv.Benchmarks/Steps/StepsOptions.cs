namespace FastConv.Benchmarks.Steps;

/// <summary>What the command line asks for. An empty list of kinds or peers stands for all.</summary>
internal sealed record StepsOptions
{
    public IReadOnlyList<string> Kinds { get; init; } = [];

    public IReadOnlyList<string> Peers { get; init; } = [];

    public IReadOnlyList<int> Threads { get; init; } = [1];

    /// <summary>Images, where a row has any and is not one of the small ones; null for each row's own.</summary>
    public int? Batch { get; init; }

    /// <summary>For the whole table; null for a time a row.</summary>
    public double? Seconds { get; init; }

    public string? JsonPath { get; init; }

    /// <summary>Part of a row's name.</summary>
    public string Filter { get; init; } = "";

    /// <summary>Where onnxruntime-node was installed; null to look where Node.js does.</summary>
    public string? OnnxRuntimeFolder { get; init; }
}
