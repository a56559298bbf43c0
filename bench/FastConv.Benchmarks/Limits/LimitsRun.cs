using System.Globalization;
using System.Text.Json;
using FastConv.Benchmarks.Peers;

namespace FastConv.Benchmarks.Limits;

/// <summary>Measures every tier in a process of its own: the runtime decides on its instruction sets when it starts.</summary>
internal static class LimitsRun
{
    private const string Off = "0";

    // From the widest to the plainest. A CPU that lacks what a switch takes away is in the same tier with and without it.
    private static readonly string[] Switches = ["", "DOTNET_EnableAVX512", "DOTNET_EnableAVX2", "DOTNET_EnableHWIntrinsic"];

    /// <summary>Exit code 0.</summary>
    /// <exception cref="IOException">The file cannot be written, or a child has failed.</exception>
    public static int Run(string? jsonPath, double seconds)
    {
        var file = new RowsFile<LimitRow>(jsonPath, LimitRowJson.Default.ListLimitRow);
        var seen = new List<LimitRow>();
        LimitsReport.Begin();
        foreach (string name in Switches)
        {
            LimitRow row = MeasureTier(name, seconds);
            if (seen.All(other => other.InstructionSet != row.InstructionSet))
            {
                seen.Add(row);
                file.Add(row);
                LimitsReport.Add(row);
            }
        }

        file.Write();
        LimitsReport.End(seen[0]);
        return 0;
    }

    /// <summary>Measures in this process and prints the row for the process that has started it.</summary>
    /// <exception cref="InvalidDataException">The shape file is not one.</exception>
    public static int RunAlone(string tier, double seconds)
    {
        Console.WriteLine(JsonSerializer.Serialize(LimitMeasurement.Run(tier, seconds), LimitRowJson.Default.LimitRow));
        return 0;
    }

    private static LimitRow MeasureTier(string name, double seconds)
    {
        string[] arguments =
        [
            LimitsCommand.Verb, LimitsCommand.TierOption, name, LimitsCommand.SecondsOption, seconds.ToString(CultureInfo.InvariantCulture),
        ];
        string output = name.Length == 0 ? OwnProcess.Run(arguments) : OwnProcess.Run(arguments, (name, Off));
        try
        {
            return JsonSerializer.Deserialize(output, LimitRowJson.Default.LimitRow)!;
        }
        catch (JsonException exception)
        {
            throw new IOException($"the process that measures with {name}={Off} has failed", exception);
        }
    }
}
