using FastConv.Randomness;
using FastConv.Shapes;

namespace FastConv.Tests.Cases;

/// <summary>Poolings that tell implementations apart, by name, and random ones.</summary>
internal static class PoolCases
{
    private static readonly Dictionary<string, Pool2dShape> ByName = new()
    {
        ["one pixel"] = Pool2dShape.Create(1, 1, 1, 1, 1),
        ["one pixel in padding"] = Pool2dShape.Create(2, 3, 1, 1, 3, 1, 1),
        ["2x2 stride 2"] = Pool2dShape.Create(2, 3, 8, 8, 2),
        ["2x2 with a pixel left over"] = Pool2dShape.Create(1, 2, 7, 9, 2),
        ["3x3 stride 2 overlapping, padded"] = Pool2dShape.Create(2, 2, 9, 11, 3, 2, 1),
        ["3x3 stride 1 same"] = Pool2dShape.Create(1, 3, 6, 5, 3, 1, Padding.Same),
        ["2x2 stride 1 same, padded after only"] = Pool2dShape.Create(1, 2, 4, 5, 2, 1, Padding.Same),
        ["a different padding on each side"] = Pool2dShape.Create(1, 2, 5, 6, (4, 3), (2, 1), Padding.Sides(3, 1, 0, 2)),
        ["stride beyond the window"] = Pool2dShape.Create(1, 2, 10, 11, 2, 3),
        ["oblong everything"] = Pool2dShape.Create(3, 2, 7, 19, (3, 2), (1, 3), (1, 0)),
        ["whole image"] = Pool2dShape.Create(2, 4, 5, 7, (5, 7)),
        ["one row"] = Pool2dShape.Create(1, 2, 1, 70, (1, 3), (1, 2)),
        ["one column"] = Pool2dShape.Create(1, 2, 70, 1, (3, 1), (2, 1), (1, 0)),
        ["15 windows a row"] = Pool2dShape.Create(1, 2, 3, 30, 2),
        ["16 windows a row"] = Pool2dShape.Create(1, 2, 3, 32, 2),
        ["17 windows a row"] = Pool2dShape.Create(1, 2, 3, 35, 2),
        ["33 windows a row, stride 1"] = Pool2dShape.Create(1, 1, 4, 35, 3, 1),
        ["a window of 256 taps"] = Pool2dShape.Create(1, 2, 17, 18, 16, 1),
        ["a window of 257 taps"] = Pool2dShape.Create(1, 1, 1, 300, (1, 257), (1, 7), (0, 9)),
        ["more planes than a piece has"] = Pool2dShape.Create(2, 24, 32, 32, 3, 1, 1),
        ["a window of 289 taps"] = Pool2dShape.Create(2, 1, 18, 20, 17, (1, 2), 3),
    };

    private static readonly Dictionary<string, Pool2dShape> DilatedByName = new()
    {
        ["dilation 2"] = Pool2dShape.Create(1, 2, 9, 9, 3, 1, 1, 2),
        ["oblong dilation"] = Pool2dShape.Create(2, 1, 10, 13, (2, 3), (2, 1), (0, 3), (3, 2)),
        ["dilation that skips most of a row"] = Pool2dShape.Create(1, 2, 2, 40, (1, 2), (1, 1), 0, (1, 30)),
        ["dilated same"] = Pool2dShape.Create(1, 1, 7, 6, 2, 2, Padding.Same, 2),
    };

    /// <summary>Both windows that have bodies of their own, over rows around every vector, even and odd, padded and not, with and without pixels left over.</summary>
    public static IEnumerable<Pool2dShape> VectorBoundaries { get; } =
    [
        .. from width in (int[])[3, 4, 5, 7, 8, 9, 14, 15, 16, 17, 18, 30, 31, 32, 33, 34, 35, 56, 63, 64, 65, 66]
           from height in (int[])[3, 4, 6, 7]
           from window in (int[])[2, 3]
           from padding in window == 2 ? (Padding[])[0, 1, Padding.Sides(0, 1, 0, 1)] : [0, 1, Padding.Sides(0, 1, 1, 0), Padding.Sides(1, 0, 0, 1), 2, Padding.Sides(1, 2, 1, 2)]
           select Pool2dShape.Create(1, 3, height, width, window, 2, padding),
    ];

    public static TheoryData<string> Names { get; } = [.. ByName.Keys];

    public static TheoryData<string> NamesWithDilation { get; } = [.. ByName.Keys, .. DilatedByName.Keys];

    public static Pool2dShape Get(string name) => ByName.TryGetValue(name, out Pool2dShape? shape) ? shape : DilatedByName[name];

    /// <summary>Small valid poolings of any kind.</summary>
    public static IEnumerable<Pool2dShape> Random(long seed, int count, bool isDilated)
    {
        var random = new RandomSource(seed);
        while (count > 0)
        {
            int Next(int low, int high) => low + random.NextInt(high - low + 1);
            int dilation = isDilated ? 3 : 1;
            Pool2dShape? shape = null;
            try
            {
                shape = Pool2dShape.Create(
                    Next(1, 2),
                    Next(1, 3),
                    Next(1, 12),
                    Next(1, 40),
                    (Next(1, 4), Next(1, 5)),
                    (Next(1, 4), Next(1, 4)),
                    Padding.Sides(Next(0, 2), Next(0, 2), Next(0, 2), Next(0, 2)),
                    (Next(1, dilation), Next(1, dilation)));
            }
            catch (ArgumentException)
            {
                // Windows that do not fit, or that see only padding: drawn again.
            }

            if (shape is not null)
            {
                count--;
                yield return shape;
            }
        }
    }
}
