using System.Globalization;

namespace FastConv.Benchmarks.Limits;

/// <summary>The caches that the first core sees, as Linux tells them; null where the system does not say.</summary>
internal static class CacheSizes
{
    private const string Folder = "/sys/devices/system/cpu/cpu0/cache";
    private const string Instructions = "Instruction";

    /// <summary>Bytes of the cache for data at a level, from 1.</summary>
    public static long? OfLevel(int level)
    {
        if (!Directory.Exists(Folder))
        {
            return null;
        }

        string? cache = Directory.EnumerateDirectories(Folder, "index*")
            .FirstOrDefault(cache => Read(cache, "level") == $"{level}" && Read(cache, "type") != Instructions);
        return cache is null ? null : Parse(Read(cache, "size"));
    }

    // "48K", "2M", or bytes.
    private static long? Parse(string? size)
    {
        int unit = size switch
        {
            [.., 'K'] => 1 << 10,
            [.., 'M'] => 1 << 20,
            _ => 1,
        };
        return long.TryParse(size?.TrimEnd('K', 'M'), NumberStyles.None, CultureInfo.InvariantCulture, out long count) ? count * unit : null;
    }

    private static string? Read(string cache, string name)
    {
        string path = Path.Combine(cache, name);
        return File.Exists(path) ? File.ReadAllText(path).Trim() : null;
    }
}
