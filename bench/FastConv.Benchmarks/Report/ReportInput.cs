using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FastConv.Benchmarks.Limits;
using FastConv.Benchmarks.Peers;
using FastConv.Benchmarks.Scaling;
using FastConv.Benchmarks.Steps;

namespace FastConv.Benchmarks.Report;

/// <summary>The rows of all files. A file tells by its rows what it is: they have every property of their kind that cannot be null.</summary>
internal sealed class ReportInput
{
    public List<PeerRow> Peers { get; } = [];

    public List<StepRow> Steps { get; } = [];

    public List<LimitRow> Limits { get; } = [];

    public List<ScalingRow> Scaling { get; } = [];

    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is not a file of results.</exception>
    public void Add(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
            bool isKnown = TryAdd(
                    document, PeerRowJson.Default.ListPeerRow, PeerRowJson.Default.PeerRow, Peers, row => row is { Ratio: > 0, MedianRatio: > 0, LimitShare: > 0 })
                || TryAdd(
                    document, StepRowJson.Default.ListStepRow, StepRowJson.Default.StepRow, Steps, row => row is { FastconvMs: > 0, Ratio: null or > 0 })
                || TryAdd(
                    document, LimitRowJson.Default.ListLimitRow, LimitRowJson.Default.LimitRow, Limits, row => row is { FmaGflops: > 0, CopyGbs: > 0 })
                || TryAdd(
                    document, ScalingRowJson.Default.ListScalingRow, ScalingRowJson.Default.ScalingRow, Scaling, row => row is { Ms: > 0, SpeedUp: > 0 });
            if (!isKnown)
            {
                throw new InvalidDataException("expected rows of peers, steps, limits or scaling, received something else");
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }

    private static bool TryAdd<TRow>(JsonDocument document, JsonTypeInfo<List<TRow>> listType, JsonTypeInfo<TRow> rowType, List<TRow> rows, Predicate<TRow> isSound)
    {
        string[] required = [.. rowType.Properties.Where(property => !IsNullable(property)).Select(property => property.Name)];
        if (document.RootElement.ValueKind != JsonValueKind.Array
            || document.RootElement.GetArrayLength() == 0
            || !document.RootElement.EnumerateArray().All(HasAll))
        {
            return false;
        }

        List<TRow> read = document.Deserialize(listType)!;
        if (read.FindIndex(row => !isSound(row)) is >= 0 and var index)
        {
            throw new InvalidDataException($"row {index + 1} has a time, speed or ratio that is not above 0");
        }

        rows.AddRange(read);
        return true;

        bool HasAll(JsonElement row) => row.ValueKind == JsonValueKind.Object
            && required.All(name => row.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null);
    }

    private static bool IsNullable(JsonPropertyInfo property) => property.IsGetNullable || Nullable.GetUnderlyingType(property.PropertyType) is not null;
}
