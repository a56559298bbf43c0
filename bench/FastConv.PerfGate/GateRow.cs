using System.Text.Json.Serialization;

namespace FastConv.PerfGate;

/// <summary>What one layer of the gate says of one kernel.</summary>
/// <param name="Layer">One of <see cref="GateLayers.Names"/>.</param>
/// <param name="Kernel">Or step, or model; with the instruction set where the layer looks at several.</param>
/// <param name="Floor">What it must not fall short of.</param>
/// <param name="Now">What it is.</param>
/// <param name="Reason">Why it fails; null where it passes.</param>
internal sealed record GateRow(string Layer, string Kernel, string Floor, string Now, string? Reason)
{
    public string Verdict => Reason is null ? "pass" : "FAIL";
}

/// <summary>The file of results: an array of rows, names in camel case.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
[JsonSerializable(typeof(List<GateRow>))]
internal sealed partial class GateRowJson : JsonSerializerContext;
