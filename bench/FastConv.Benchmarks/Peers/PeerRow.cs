using System.Text.Json.Serialization;

namespace FastConv.Benchmarks.Peers;

/// <summary>One workload in FastConv and in one peer. Speeds are GFLOP/s of the direct method, so Winograd may pass the limit.</summary>
/// <param name="Set">Of the shape file, or a set of matrix products.</param>
/// <param name="Name">Within the set.</param>
/// <param name="Pass">forward, backward-input, backward-weight or gemm.</param>
/// <param name="Algorithm">FastConv's choice; empty where there is but one way.</param>
/// <param name="Threads">Of both sides.</param>
/// <param name="Batch">Images; 1 for matrix products.</param>
/// <param name="Peer">The other engine.</param>
/// <param name="PeerVersion">Its name and version, as it says them itself.</param>
/// <param name="FastconvGflops">The best round.</param>
/// <param name="PeerGflops">The best round, what plain tensors in and out cost included.</param>
/// <param name="Ratio">FastConv's best over the peer's best.</param>
/// <param name="FastconvMedianGflops">The median round.</param>
/// <param name="PeerMedianGflops">The median round.</param>
/// <param name="MedianRatio">Of the medians.</param>
/// <param name="LimitGflops">The best multiply-add loop on one core, times the threads.</param>
/// <param name="LimitShare">FastConv's best over the limit.</param>
/// <param name="FastconvKeptGflops">FastConv's best round with the filters that a layer keeps, where the peer has a layout of its own.</param>
/// <param name="PeerNoReorderGflops">The best round on tensors in the peer's own layout, where that is something else.</param>
/// <param name="RatioNoReorder">FastConv's best with kept filters over that.</param>
/// <param name="Rounds">How often each side had its turn.</param>
/// <param name="OtherCores">Cores that other processes kept busy meanwhile; a row with many is worth little.</param>
internal sealed record PeerRow(
    string Set,
    string Name,
    string Pass,
    string Algorithm,
    int Threads,
    int Batch,
    string Peer,
    string PeerVersion,
    double FastconvGflops,
    double PeerGflops,
    double Ratio,
    double FastconvMedianGflops,
    double PeerMedianGflops,
    double MedianRatio,
    double LimitGflops,
    double LimitShare,
    double? FastconvKeptGflops,
    double? PeerNoReorderGflops,
    double? RatioNoReorder,
    int Rounds,
    double? OtherCores);

/// <summary>The file of results: an array of rows, names in camel case.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
[JsonSerializable(typeof(List<PeerRow>))]
internal sealed partial class PeerRowJson : JsonSerializerContext;
