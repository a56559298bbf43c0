namespace FastConv.Parallelism;

/// <summary>[0, length) cut into parts whose sizes differ by at most one grain; every start is a multiple of the grain.</summary>
internal readonly record struct Partition
{
    private readonly int _length;
    private readonly int _grain;
    private readonly int _grains;

    /// <summary>At most <paramref name="parts"/> parts, and never an empty one.</summary>
    public Partition(int length, int parts, int grain = 1)
    {
        _length = length;
        _grain = grain;
        _grains = (int)(((long)length + grain - 1) / grain);
        Parts = Math.Clamp(parts, 1, Math.Max(1, _grains));
    }

    public int Parts { get; }

    /// <summary>No part is longer than this, and the longest is shorter by less than a grain.</summary>
    public int Longest => (int)Math.Min(((long)_grains + Parts - 1) / Parts * _grain, _length);

    public int Start(int part) => (int)Math.Min((long)_grains * part / Parts * _grain, _length);

    public int End(int part) => Start(part + 1);
}
