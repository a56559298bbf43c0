namespace FastConv.Counters;

/// <summary>
/// How much work calls came to, counted where it is done: an addition a call, never one an element. A test of the counts finds what the results do
/// not show: an operand packed twice, a job more than the operation needs.
/// </summary>
internal static class WorkCounters
{
    private static long _dispatches;
    private static long _products;
    private static long _packedA;
    private static long _packedB;
    private static long _filters;

    /// <summary>Whether anybody counts; else a call pays a branch, and no atomic addition.</summary>
    public static bool IsOn { get; set; }

    /// <summary>Since the process began, on all threads.</summary>
    public static WorkCount Total => new(
        Interlocked.Read(ref _dispatches),
        Interlocked.Read(ref _products),
        Interlocked.Read(ref _packedA),
        Interlocked.Read(ref _packedB),
        Interlocked.Read(ref _filters));

    /// <summary>A job was given to the worker team.</summary>
    public static void AddDispatch() => Add(ref _dispatches, 1);

    /// <summary>A product of two blocks, or of two small matrices, was begun.</summary>
    public static void AddProduct() => Add(ref _products, 1);

    /// <summary>Elements of A were packed.</summary>
    public static void AddPackedA(long elements) => Add(ref _packedA, elements);

    /// <summary>Elements of B were packed, or made ready to be packed in passing.</summary>
    public static void AddPackedB(long elements) => Add(ref _packedB, elements);

    /// <summary>Filters of one input and one output went to points.</summary>
    public static void AddFilters(long filters) => Add(ref _filters, filters);

    private static void Add(ref long counter, long amount)
    {
        if (IsOn)
        {
            Interlocked.Add(ref counter, amount);
        }
    }
}
