namespace FastConv.Counters;

/// <summary>Work done.</summary>
/// <param name="Dispatches">Jobs given to the worker team, whatever number of threads did them.</param>
/// <param name="Products">Products of two blocks, or of two small matrices.</param>
/// <param name="PackedA">Elements of A that were packed.</param>
/// <param name="PackedB">Elements of B that were packed, before the product or in passing.</param>
/// <param name="Filters">Winograd filters that went to points.</param>
internal readonly record struct WorkCount(long Dispatches, long Products, long PackedA, long PackedB, long Filters)
{
    public static WorkCount operator +(WorkCount a, WorkCount b) => new(
        a.Dispatches + b.Dispatches,
        a.Products + b.Products,
        a.PackedA + b.PackedA,
        a.PackedB + b.PackedB,
        a.Filters + b.Filters);

    public static WorkCount operator -(WorkCount end, WorkCount start) => new(
        end.Dispatches - start.Dispatches,
        end.Products - start.Products,
        end.PackedA - start.PackedA,
        end.PackedB - start.PackedB,
        end.Filters - start.Filters);
}
