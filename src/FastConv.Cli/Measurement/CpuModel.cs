namespace FastConv.Cli.Measurement;

/// <summary>The model of the CPU, as Linux tells it.</summary>
internal static class CpuModel
{
    private const string Path = "/proc/cpuinfo";
    private const string Unknown = "unknown";

    public static string Read()
    {
        string? line = File.Exists(Path)
            ? File.ReadLines(Path).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?.Split(':', 2)[^1].Trim() ?? Unknown;
    }
}
