namespace FastConv.Primitives;

/// <summary>A call's place to keep packed filters in, and the version of the weights that it brings; the default keeps nothing.</summary>
internal readonly record struct FilterVersion(PackedFilters? Kept, int Version);
