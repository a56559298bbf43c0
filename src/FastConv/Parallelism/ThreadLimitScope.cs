namespace FastConv.Parallelism;

/// <summary>While it lasts, calls from its thread use fewer threads: see <see cref="ThreadSettings.LimitTo"/>.</summary>
public readonly ref struct ThreadLimitScope
{
    private readonly int _before;

    internal ThreadLimitScope(int before) => _before = before;

    /// <summary>Back to what held before.</summary>
    public void Dispose() => ThreadSettings.RestoreLimit(_before);
}
