using System.Text.Json.Serialization;

namespace FastConv.Cli.Reports;

/// <summary>The JSON of all reports: one line each, names in camel case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TrainReport))]
[JsonSerializable(typeof(GemmReport))]
internal sealed partial class ReportJson : JsonSerializerContext;
