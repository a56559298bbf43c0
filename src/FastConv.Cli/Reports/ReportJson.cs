using System.Text.Json.Serialization;
using FastConv.Cli.Curves;
using FastConv.Cli.Runs;

namespace FastConv.Cli.Reports;

/// <summary>The JSON of all reports and files: names in camel case, one line each unless asked otherwise.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(TrainReport))]
[JsonSerializable(typeof(GemmReport))]
[JsonSerializable(typeof(EvaluateReport))]
[JsonSerializable(typeof(PredictReport))]
[JsonSerializable(typeof(InspectReport))]
[JsonSerializable(typeof(RunConfig))]
[JsonSerializable(typeof(MetricsPoint))]
[JsonSerializable(typeof(CurveSample[]))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class ReportJson : JsonSerializerContext;
