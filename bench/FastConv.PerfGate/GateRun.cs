namespace FastConv.PerfGate;

/// <summary>Runs the layers that were asked for.</summary>
internal static class GateRun
{
    /// <summary>Exit code 0, 1 where a kernel regressed.</summary>
    /// <exception cref="ArgumentException">No kernel's name contains the filter.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static int Run(GateOptions options)
    {
        IGateLayer[] layers = [.. GateLayers.All.Where(layer => options.Layers is [] || options.Layers.Contains(layer.Name))];
        if (options.Updates)
        {
            foreach (IGateLayer layer in layers)
            {
                layer.Update(options, Console.WriteLine);
            }

            return 0;
        }

        var report = new GateReport(options);
        int rows = 0;
        foreach (IGateLayer layer in layers)
        {
            GateReport.Begin(layer.Name);
            foreach (GateRow row in layer.Check(options, report.Note))
            {
                report.Add(row);
                rows++;
            }
        }

        return rows == 0 && options.Filter.Length > 0 ? throw new ArgumentException($"no kernel's name contains '{options.Filter}'") : report.End();
    }
}
