using System.Runtime.InteropServices;
using FastConv.Randomness;

namespace FastConv.Tests.Guarded;

/// <summary>
/// Spans that begin or end at a page which may not be touched: [page that faults][megabytes][page that faults], a region a span. Who reads or writes one
/// element beyond a span ends the process, so this is used in a process of its own, which says beforehand what it does.
/// </summary>
internal sealed unsafe partial class GuardedMemory
{
    private const int Regions = 16;
    private const int RegionBytes = 4 << 20;
    private const int ReadWrite = 3;
    private const int PrivateMapping = 2;

    private static readonly int AnonymousMapping = OperatingSystem.IsLinux() ? 0x20 : 0x1000;

    private readonly byte*[] _regions = new byte*[Regions];
    private readonly GuardedEdge _edge;
    private readonly RandomSource _random;
    private int _used;

    public GuardedMemory(GuardedEdge edge, RandomSource random)
    {
        _edge = edge;
        _random = random;
        nuint page = (nuint)Environment.SystemPageSize;
        for (int region = 0; region < Regions; region++)
        {
            byte* mapped = (byte*)Map(null, RegionBytes + 2 * page, protection: 0, PrivateMapping | AnonymousMapping, -1, 0);
            if (mapped == (void*)-1 || Protect(mapped + page, RegionBytes, ReadWrite) != 0)
            {
                throw new InvalidOperationException($"no memory between pages that fault, error {Marshal.GetLastPInvokeError()}.");
            }

            _regions[region] = mapped + page;
        }
    }

    /// <summary>Begins a case: what was handed out before is free again, and what comes is written down first.</summary>
    public void Begin(string what)
    {
        _used = 0;
        Console.WriteLine(what);
        Console.Out.Flush();
    }

    /// <summary>Numbers in [-1, 1), at the edge.</summary>
    public Span<float> Values(int length) => Values(length, -1, 1);

    public Span<float> Values(int length, float low, float high)
    {
        Span<float> values = Take<float>(length);
        foreach (ref float value in values)
        {
            value = _random.NextSingle(low, high);
        }

        return values;
    }

    /// <summary>Room for a result, NaN everywhere.</summary>
    public Span<float> Room(int length)
    {
        Span<float> room = Take<float>(length);
        room.Fill(float.NaN);
        return room;
    }

    public Span<int> Labels(int length, int classes)
    {
        Span<int> labels = Take<int>(length);
        foreach (ref int label in labels)
        {
            label = _random.NextInt(classes);
        }

        return labels;
    }

    public Span<byte> Bytes(int length) => Take<byte>(length);

    private Span<T> Take<T>(int length)
        where T : unmanaged
    {
        int bytes = length * sizeof(T);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, RegionBytes);
        byte* region = _regions[_used++];
        return new Span<T>(_edge == GuardedEdge.Start ? region : region + RegionBytes - bytes, length);
    }

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial void* Map(void* address, nuint length, int protection, int flags, int file, long offset);

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static partial int Protect(void* address, nuint length, int protection);
}
