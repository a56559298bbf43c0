namespace FastConv.PerfGate;

/// <summary>What the command line asks for.</summary>
internal sealed record GateOptions
{
    /// <summary>Floors are made from no fewer runs.</summary>
    public const int FewestRuns = 20;

    /// <summary>Names of layers; none stands for all.</summary>
    public IReadOnlyList<string> Layers { get; init; } = [];

    /// <summary>Part of a kernel's name.</summary>
    public string Filter { get; init; } = "";

    /// <summary>Whether baselines are written, not compared with.</summary>
    public bool Updates { get; init; }

    public int Runs { get; init; } = FewestRuns;

    public string? JsonPath { get; init; }

    public string? MarkdownPath { get; init; }

    /// <summary>The folder of the baselines.</summary>
    public required string BaselinesPath { get; init; }

    public bool Selects(string kernel) => kernel.Contains(Filter, StringComparison.OrdinalIgnoreCase);
}
