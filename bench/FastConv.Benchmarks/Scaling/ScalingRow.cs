using System.Text.Json.Serialization;

namespace FastConv.Benchmarks.Scaling;

/// <summary>One workload on so many threads, measured here, or on so many cores by the model.</summary>
/// <param name="Kind">conv, gemm, op or step.</param>
/// <param name="Workload">What runs.</param>
/// <param name="Source">measured or model.</param>
/// <param name="Threads">Of the process; cores in the model.</param>
/// <param name="Ms">Milliseconds of the best round.</param>
/// <param name="MedianMs">Of the median round; a prediction has none.</param>
/// <param name="SpeedUp">Over the best round on one thread.</param>
/// <param name="Efficiency">Speed-up over threads.</param>
/// <param name="ShareOfFma">Floating-point operations over the time, over the multiply-add limit of as many cores; null for steps and predictions.</param>
/// <param name="MovedMb">Megabytes that must be read and written at least.</param>
/// <param name="MemoryShare">The time that a copy of as many bytes takes on all threads, over this time.</param>
/// <param name="SerialShare">Of the model: the share of the time on one thread that more threads do not shorten.</param>
/// <param name="IsBoundByMemory">Of the model: whether the copy ceiling decides.</param>
/// <param name="Rounds">How often every number of threads had its turn.</param>
/// <param name="OtherCores">Cores that other processes kept busy meanwhile; a row with many is worth little.</param>
internal sealed record ScalingRow(
    string Kind,
    string Workload,
    string Source,
    int Threads,
    double Ms,
    double? MedianMs,
    double SpeedUp,
    double Efficiency,
    double? ShareOfFma,
    double MovedMb,
    double MemoryShare,
    double? SerialShare,
    bool? IsBoundByMemory,
    int? Rounds,
    double? OtherCores)
{
    public const string Measured = "measured";
    public const string Model = "model";
}

/// <summary>The file of results: an array of rows, names in camel case.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
[JsonSerializable(typeof(List<ScalingRow>))]
internal sealed partial class ScalingRowJson : JsonSerializerContext;
