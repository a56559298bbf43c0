using System.Text.Json.Serialization;

namespace FastConv.Benchmarks.Steps;

/// <summary>One row in FastConv and in one peer. Times are milliseconds of one call; ratios above 1 are in FastConv's favour.</summary>
/// <param name="Kind">op, step or predict.</param>
/// <param name="Name">Of the operation or the network.</param>
/// <param name="Pass">forward, backward, step (of an optimiser) or train.</param>
/// <param name="Threads">Of both sides.</param>
/// <param name="Batch">The leading dimension; 1 for optimisers.</param>
/// <param name="Peer">The other engine; none where FastConv ran by itself.</param>
/// <param name="PeerVersion">Its name and version, as it says them itself.</param>
/// <param name="FastconvMs">The best round.</param>
/// <param name="PeerMs">The best round.</param>
/// <param name="Ratio">The peer's best over FastConv's best.</param>
/// <param name="FastconvMedianMs">The median round.</param>
/// <param name="PeerMedianMs">The median round.</param>
/// <param name="MedianRatio">Of the medians.</param>
/// <param name="ShareOfCopy">Bytes that must be read and written over FastConv's best time, over <paramref name="CopyGbs"/>; above 1 from within a cache.</param>
/// <param name="CopyGbs">GB/s read and written by the best large copy of the run so far, on as many threads.</param>
/// <param name="FastconvPeakMb">Most memory of a process that does only this, of FastConv.</param>
/// <param name="PeerPeakMb">The same of the peer.</param>
/// <param name="Rounds">How often each side had its turn.</param>
/// <param name="OtherCores">Cores that other processes kept busy meanwhile; a row with many is worth little.</param>
internal sealed record StepRow(
    string Kind,
    string Name,
    string Pass,
    int Threads,
    int Batch,
    string Peer,
    string? PeerVersion,
    double FastconvMs,
    double? PeerMs,
    double? Ratio,
    double FastconvMedianMs,
    double? PeerMedianMs,
    double? MedianRatio,
    double? ShareOfCopy,
    double? CopyGbs,
    double? FastconvPeakMb,
    double? PeerPeakMb,
    int Rounds,
    double? OtherCores);

/// <summary>The file of results: an array of rows, names in camel case.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
[JsonSerializable(typeof(List<StepRow>))]
internal sealed partial class StepRowJson : JsonSerializerContext;
