using System.Globalization;
using FastConv.Simd;

namespace FastConv.PerfGate.Speed;

/// <summary>
/// The share of the limit that each kernel reaches does not fall below its floor. Floors belong to an instruction set on a kind of processor: there are
/// some that do 512 bits at the speed of 256. Rows that fell are measured again, over a minute: a neighbour on the same core takes a kernel's cache and
/// ports for seconds and lowers its share, a slower kernel stays below its floor all the time.
/// </summary>
internal sealed class SpeedLayer : IGateLayer
{
    private const int RetryTurns = 12;
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(5);

    public string Name => "speed";

    public IEnumerable<GateRow> Check(GateOptions options, Action<string> say)
    {
        if (ReadAll(options).GetValueOrDefault(CpuName.Text) is not { } floors)
        {
            say($"speed: no floors for {MachineLimits.InstructionSet} on {CpuName.Text}; code, allocation and work alone are gated");
            yield break;
        }

        var fallen = new List<(SpeedCase Speed, double Share)>();
        foreach (SpeedCase speed in SpeedCases.All().Where(speed => options.Selects(speed.Name)))
        {
            double share = ShareMeasurement.Of(speed);
            if (share < floors.GetValueOrDefault(speed.Name))
            {
                fallen.Add((speed, share));
                continue;
            }

            yield return RowOf(speed, floors, share);
        }

        for (int turn = 1; turn <= RetryTurns && fallen.Count > 0; turn++)
        {
            Thread.Sleep(RetryPause);
            for (int i = fallen.Count - 1; i >= 0; i--)
            {
                SpeedCase speed = fallen[i].Speed;
                double share = Math.Max(fallen[i].Share, ShareMeasurement.Of(speed));
                fallen[i] = (speed, share);
                if (turn == RetryTurns || share >= floors[speed.Name])
                {
                    fallen.RemoveAt(i);
                    yield return RowOf(speed, floors, share);
                }
            }
        }
    }

    public void Update(GateOptions options, Action<string> say)
    {
        SortedDictionary<string, SortedDictionary<string, double>> all = ReadAll(options);
        SortedDictionary<string, double> floors = all.GetValueOrDefault(CpuName.Text) ?? [];
        Dictionary<string, SpeedCase> cases = SpeedCases.All().ToDictionary(speed => speed.Name);
        foreach ((string name, List<double> shares) in SpeedRuns.Collect(options, say))
        {
            double floor = Math.Round(Floor.Of(shares, cases[name].LeastDeviation), 4);
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
        return new GateRow(Name, speed.Name, least, now, share < floor ? $"{now} of the limit, below the floor {least} in {1 + RetryTurns} turns" : null);
    }
}
