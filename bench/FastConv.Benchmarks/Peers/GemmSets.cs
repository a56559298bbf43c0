namespace FastConv.Benchmarks.Peers;

/// <summary>The sets of matrix products.</summary>
internal static class GemmSets
{
    public const string Layers = "gemm";
    public const string Square = "gemm_square";
    public const string Small = "gemm_small";

    // m x n x k: squares, and the products that layers of ResNet-50 are.
    private static readonly (int M, int N, int K)[] LayerProducts =
    [
        (1024, 1024, 1024),
        (2048, 2048, 2048),
        (64, 3136, 576),
        (256, 196, 2304),
        (512, 49, 4608),
        (64, 12544, 147),
        (256, 256, 256),
        (128, 784, 1152),
    ];

    private static readonly (int M, int N, int K)[] SquareProducts = [(1024, 1024, 1024), (2048, 2048, 2048)];

    private static readonly int[] SmallSides = [8, 16, 24, 32, 48, 64, 96, 128];

    public static IReadOnlyList<string> Names { get; } = [Layers, Square, Small];

    /// <summary>The products of one of <see cref="Names"/>.</summary>
    public static IEnumerable<Workload> Create(string set) =>
        ProductsOf(set).Select(product => new GemmWorkload(set, product.M, product.N, product.K));

    private static IEnumerable<(int M, int N, int K)> ProductsOf(string set) => set switch
    {
        Layers => LayerProducts,
        Square => SquareProducts,
        _ => from m in SmallSides from n in SmallSides from k in SmallSides select (m, n, k),
    };
}
