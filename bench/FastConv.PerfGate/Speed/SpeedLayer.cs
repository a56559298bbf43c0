using System.Globalization;
using FastConv.Simd;

namespace FastConv.PerfGate.Speed;

/// <summary>
/// The share of the limit that each kernel reaches does not fall below its floor. Floors belong to an instruction set on a kind of processor: there are
/// some that do 512 bits at the speed of 256. A row that fell is measured once more.
/// </summary>
internal sealed class SpeedLayer : IGateLayer
{
    public string Name => "speed";

    public IEnumerable<GateRow> Check(GateOptions options, Action<string> say)
    {
        if (ReadAll(options).GetValueOrDefault(CpuName.Text) is not { } floors)
        {
            say($"speed: no floors for {MachineLimits.InstructionSet} on {CpuName.Text}; code, allocation and work alone are gated");
            yield break;
        }

        using var measurement = new ShareMeasurement();
        var fallen = new List<(SpeedCase Speed, double Share)>();
        foreach (SpeedCase speed in SpeedCases.All().Where(speed => options.Selects(speed.Name)))
        {
            double share = measurement.Measure(speed);
            if (share < floors.GetValueOrDefault(speed.Name))
            {
                fallen.Add((speed, share));
                continue;
            }

            yield return RowOf(speed, floors, share);
        }

        // Later, when whatever disturbed the first turn may be over.
        foreach ((SpeedCase speed, double share) in fallen)
        {
            yield return RowOf(speed, floors, Math.Max(share, measurement.Measure(speed)));
        }
    }

    public void Update(GateOptions options, Action<string> say)
    {
        SortedDictionary<string, SortedDictionary<string, double>> all = ReadAll(options);
        SortedDictionary<string, double> floors = all.GetValueOrDefault(CpuName.Text) ?? [];
        foreach ((string name, List<double> shares) in SpeedRuns.Collect(options, say))
        {
            double floor = Math.Round(Floor.Of(shares), 4);
            say(floors.TryGetValue(name, out double before)
                ? Text($"speed: {name}: {before:F4} -> {floor:F4} ({floor - before:+0.0000;-0.0000;0.0000})")
                : Text($"speed: {name}: {floor:F4}, new"));
            floors[name] = floor;
        }

        all[CpuName.Text] = floors;
        Baseline.Write(PathOf(options), all, BaselineJson.Default.SortedDictionaryStringSortedDictionaryStringDouble);
    }

    private static SortedDictionary<string, SortedDictionary<string, double>> ReadAll(GateOptions options) =>
        Baseline.Read(PathOf(options), BaselineJson.Default.SortedDictionaryStringSortedDictionaryStringDouble) ?? [];

    private static string PathOf(GateOptions options) => Path.Combine(options.BaselinesPath, $"{MachineLimits.InstructionSet}.json");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private GateRow RowOf(SpeedCase speed, SortedDictionary<string, double> floors, double share)
    {
        string now = Text($"{share:F4}");
        if (!floors.TryGetValue(speed.Name, out double floor))
        {
            return new GateRow(Name, speed.Name, "none", now, "it has no floor: --update makes one");
        }

        string least = Text($"{floor:F4}");
        return new GateRow(Name, speed.Name, least, now, share < floor ? $"{now} of the limit, twice below the floor {least}" : null);
    }
}
