using FastConv.Benchmarks.Limits;

namespace FastConv.Benchmarks.Report;

/// <summary>The machine, its ceilings, and what FastConv chooses on it.</summary>
internal static class LimitsTables
{
    /// <param name="row">Of the widest vectors.</param>
    /// <param name="versions">Of the engines beside which rows were measured.</param>
    public static string Machine(LimitRow row, IReadOnlyCollection<string> versions) =>
        $"{row.Processor}, {row.Threads} threads; caches of a core: L1 data {LimitsReport.Size(row.L1Data)}, L2 {LimitsReport.Size(row.L2)}, "
        + $"L3 {LimitsReport.Size(row.L3)}. {row.Runtime}. Limits measured on {row.Date:yyyy-MM-dd}."
        + (versions.Count == 0 ? "" : $" Beside: {string.Join("; ", versions)}.");

    public static string Tiers(IEnumerable<LimitRow> rows)
    {
        var table = new MarkdownTable(
            2, "instruction set", "switched off by", "FMA GFLOP/s, one core", "all cores", "copy GB/s, one thread", "all threads", "lanes", "registers", "tile");
        foreach (LimitRow row in rows)
        {
            table.Add(
                row.InstructionSet,
                row.Switch.Length == 0 ? "" : $"`{row.Switch}=0`",
                MarkdownTable.Number(row.FmaGflops, 0),
                MarkdownTable.Number(row.FmaAllGflops, 0),
                MarkdownTable.Number(row.CopyGbs, 1),
                MarkdownTable.Number(row.CopyAllGbs, 1),
                $"{row.Lanes}",
                $"{row.Registers}",
                $"{row.TileRows} x {row.TileColumns}");
        }

        return table.ToString();
    }

    public static string Products(LimitRow row)
    {
        var table = new MarkdownTable(1, "product, m x n x k", "MC", "KC", "NC");
        foreach (ProductBlocks product in row.Products)
        {
            table.Add(product.Name, $"{product.MC}", $"{product.KC}", $"{product.NC}");
        }

        return table.ToString();
    }

    /// <summary>Layers that are done in the same way are a line.</summary>
    public static string Layers(LimitRow row)
    {
        var table = new MarkdownTable(4, "set", "forward", "backward input", "backward weight", "layers", "blocks of Winograd tiles", "tiles of a block");
        foreach (var layers in row.Layers.GroupBy(layer => (layer.Set, layer.Forward, layer.BackwardInput, layer.BackwardWeight)))
        {
            table.Add(
                layers.Key.Set,
                layers.Key.Forward,
                layers.Key.BackwardInput,
                layers.Key.BackwardWeight,
                $"{layers.Count()}",
                Range(layers.Select(layer => layer.WinogradBlocks)),
                Range(layers.Select(layer => layer.WinogradTiles)));
        }

        return table.ToString();
    }

    private static string Range(IEnumerable<int?> counts) =>
        (counts.Min(), counts.Max()) is var (least, most) && least == most ? $"{least}" : $"{least} to {most}";
}
