using System.Globalization;

namespace FastConv.Benchmarks.Limits;

/// <summary>The tables on standard output: a line a tier, then block sizes and kernels, which are the same in all of them.</summary>
internal static class LimitsReport
{
    public static void Begin() => Console.WriteLine(
        $"{"tier",-10} {"thr",3} {"FMA GFLOP/s",12} {"all",9} {"copy GB/s",10} {"all",8} {"lanes",6} {"registers",9} {"tile",7}");

    public static void Add(LimitRow row)
    {
        string ceilings = Text($"{row.FmaGflops,12:F1} {row.FmaAllGflops,9:F1} {row.CopyGbs,10:F1} {row.CopyAllGbs,8:F1}");
        Console.WriteLine(Text($"{row.InstructionSet,-10} {row.Threads,3} {ceilings} {row.Lanes,6} {row.Registers,9} {$"{row.TileRows} x {row.TileColumns}",7}"));
        Console.Out.Flush();
    }

    public static void End(LimitRow row)
    {
        Console.WriteLine();
        Console.WriteLine($"{row.Processor}, {row.Runtime}");
        Console.WriteLine($"caches of a core: L1 data {Size(row.L1Data)}, L2 {Size(row.L2)}, L3 {Size(row.L3)}");
        Console.WriteLine();
        Console.WriteLine($"{"product",-20} {"MC",5} {"KC",5} {"NC",5}");
        foreach (ProductBlocks product in row.Products)
        {
            Console.WriteLine($"{product.Name,-20} {product.MC,5} {product.KC,5} {product.NC,5}");
        }

        Console.WriteLine();
        Console.WriteLine($"{"set",-16} {"layer",-20} {"batch",5} {"forward",-13} {"backward input",-14} {"backward weight",-15} {"blocks",6} {"tiles",5}");
        foreach (LayerKernels layer in row.Layers)
        {
            string algorithms = $"{layer.Forward,-13} {layer.BackwardInput,-14} {layer.BackwardWeight,-15}";
            Console.WriteLine($"{layer.Set,-16} {layer.Name,-20} {layer.Batch,5} {algorithms} {layer.WinogradBlocks,6} {layer.WinogradTiles,5}");
        }
    }

    /// <summary>A cache as people write it.</summary>
    public static string Size(long? bytes) => bytes switch
    {
        null => "unknown",
        < 1 << 20 => $"{bytes >> 10} KiB",
        _ => $"{bytes >> 20} MiB",
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
