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
        if (ReadAll(options).GetValueOrDefault(ProcessorName.Text) is not { } floors)
        {
            say($"speed: no floors for {MachineLimits.InstructionSet} on {ProcessorName.Text}; code, allocation and work alone are gated");
            yield break;
        }

        using var measurement = new ShareMeasurement();
        foreach (SpeedCase speed in SpeedCases.All().Where(speed => options.Selects(speed.Name)))
        {
            yield return RowOf(speed, floors, measurement);
        }
    }

    public void Update(GateOptions options, Action<string> say)
    {
        SortedDictionary<string, SortedDictionary<string, double>> all = ReadAll(options);
        SortedDictionary<string, double> floors = all.GetValueOrDefault(ProcessorName.Text) ?? [];
        SpeedCase[] cases = [.. SpeedCases.All().Where(speed => options.Selects(speed.Name))];
        double[][] shares = [.. cases.Select(_ => new double[options.Runs])];
        using (var measurement = new ShareMeasurement())
        {
            for (int run = 0; run < options.Runs; run++)
            {
                say($"speed: run {run + 1} of {options.Runs}");
                for (int index = 0; index < cases.Length; index++)
                {
                    shares[index][run] = measurement.Measure(cases[index]);
                }
            }
        }

        for (int index = 0; index < cases.Length; index++)
        {
            double floor = Math.Round(Floor.Of(shares[index]), 4);
            string moved = floors.TryGetValue(cases[index].Name, out double before) ? Text($"{before:F4} -> {floor:F4} ({floor - before:+0.0000;-0.0000})") : Text($"{floor:F4}, new");
            say($"speed: {cases[index].Name}: {moved}");
            floors[cases[index].Name] = floor;
        }

        all[ProcessorName.Text] = floors;
        Baseline.Write(PathOf(options), all, BaselineJson.Default.SortedDictionaryStringSortedDictionaryStringDouble);
    }

    private static SortedDictionary<string, SortedDictionary<string, double>> ReadAll(GateOptions options) =>
        Baseline.Read(PathOf(options), BaselineJson.Default.SortedDictionaryStringSortedDictionaryStringDouble) ?? [];

    private static string PathOf(GateOptions options) => Path.Combine(options.BaselinesPath, $"{MachineLimits.InstructionSet}.json");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private GateRow RowOf(SpeedCase speed, SortedDictionary<string, double> floors, ShareMeasurement measurement)
    {
        double share = measurement.Measure(speed);
        if (!floors.TryGetValue(speed.Name, out double floor))
        {
            return new GateRow(Name, speed.Name, "none", Text($"{share:F4}"), "it has no floor: --update makes one");
        }

        if (share < floor)
        {
            share = Math.Max(share, measurement.Measure(speed));
        }

        return new GateRow(Name, speed.Name, Text($"{floor:F4}"), Text($"{share:F4}"), share < floor ? Text($"{share:F4} of the limit, twice below the floor {floor:F4}") : null);
    }
}
