using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FastConv.Cli.Input;
using FastConv.Cli.Reports;

namespace FastConv.Cli.Runs;

/// <summary>The file <c>config.json</c>: what a run was asked for, what it learned from, and where it took place.</summary>
/// <param name="Started">When.</param>
/// <param name="Request">What was asked for, with what came from the recipe.</param>
/// <param name="Data">What it learned from.</param>
/// <param name="Environment">What its speed depends on.</param>
internal sealed record RunConfig(DateTimeOffset Started, TrainRequest Request, RunData Data, RunEnvironment Environment)
{
    private static readonly JsonTypeInfo<RunConfig> Indented =
        (JsonTypeInfo<RunConfig>)new JsonSerializerOptions(ReportJson.Default.Options) { WriteIndented = true }.GetTypeInfo(typeof(RunConfig));

    /// <summary>Reads the file of a run that is continued.</summary>
    /// <exception cref="InvalidDataException">It is not what this version writes.</exception>
    public static RunConfig Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(path), ReportJson.Default.RunConfig) is { Request: not null, Data: not null, Environment: not null } config
                ? config
                : throw new InvalidDataException($"{path}: expected the configuration of a run with request, data and environment, received less.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path}: expected the configuration of a run: {exception.Message}", exception);
        }
    }

    /// <summary>The text of the file.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Indented);
}
