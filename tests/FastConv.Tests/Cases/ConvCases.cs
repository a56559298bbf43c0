using System.Globalization;
using FastConv.Randomness;
using FastConv.Shapes;

namespace FastConv.Tests.Cases;

/// <summary>
/// The convolutions that every algorithm is held to: the corners by name, a sweep over all combinations, the layers of known networks (made
/// smaller), and random ones.
/// </summary>
internal static class ConvCases
{
    private const int RandomCases = 80;

    // Of the file of shapes, which has the layers that are measured in its other sets.
    private const string KnownSet = "tests";

    private static readonly Dictionary<string, Conv2dShape> ByName = All().ToDictionary(named => named.Name, named => named.Shape);

    public static TheoryData<string> Names => [.. ByName.Keys];

    /// <summary>Small enough for finite differences: a few hundred inputs.</summary>
    public static TheoryData<string> Tiny =>
    [
        "oblong everything", "asymmetric padding", "groups 3", "depthwise multiplier 2", "1-pixel image 3x3 padded", "3x3 stride 3, pixels left over",
    ];

    /// <summary>Large enough to be worth several threads: more items than threads and fewer, one band of columns and several.</summary>
    public static TheoryData<string> Parallel =>
        ["parallel items", "parallel groups", "parallel products", "parallel depthwise", "parallel depthwise, stride 2", "parallel depthwise, small planes", "parallel multiplier", "several bands", "one row a band"];

    public static ConvCase Get(string name) => new(name, ByName[name]);

    private static IEnumerable<(string Name, Conv2dShape Shape)> All() => Corners().Concat(Rows()).Concat(Sweep()).Concat(KnownNetworks()).Concat(Random());

    private static IEnumerable<(string Name, Conv2dShape Shape)> Corners() =>
    [
        ("1x1", Conv2dShape.Create(2, 5, 6, 7, 4, 1)),
        ("1x1 stride 2", Conv2dShape.Create(2, 5, 6, 7, 4, 1, stride: 2)),
        ("1x1 padded", Conv2dShape.Create(2, 3, 4, 5, 4, 1, padding: 1)),
        ("3x3", Conv2dShape.Create(2, 3, 8, 9, 4, 3)),
        ("3x3 same", Conv2dShape.Create(2, 3, 8, 9, 4, 3, padding: Padding.Same)),
        ("3x3 stride 2", Conv2dShape.Create(2, 3, 9, 9, 4, 3, stride: 2, padding: 1)),
        ("3x3 stride 3, pixels left over", Conv2dShape.Create(1, 2, 8, 7, 3, 3, stride: 3)),
        ("2x2 same", Conv2dShape.Create(2, 3, 7, 8, 4, 2, padding: Padding.Same)),
        ("4x4 same stride 3", Conv2dShape.Create(1, 3, 10, 11, 4, 4, stride: 3, padding: Padding.Same)),
        ("7x7 same stride 2", Conv2dShape.Create(1, 3, 15, 16, 4, 7, stride: 2, padding: Padding.Same)),
        ("1x1 same stride 4", Conv2dShape.Create(1, 3, 10, 9, 4, 1, stride: 4, padding: Padding.Same)),
        ("asymmetric padding", Conv2dShape.Create(2, 2, 5, 6, 3, 3, stride: 2, padding: Padding.Sides(0, 2, 3, 1))),
        ("padding before only", Conv2dShape.Create(1, 2, 5, 6, 3, 3, padding: Padding.Sides(2, 0, 2, 0))),
        ("padding after only", Conv2dShape.Create(1, 2, 5, 6, 3, 3, padding: Padding.Sides(0, 2, 0, 2))),
        ("padding beyond the window", Conv2dShape.Create(1, 2, 4, 3, 3, (2, 3), padding: 5)),
        ("padding beyond the window, stride 3", Conv2dShape.Create(2, 2, 4, 3, 3, 2, stride: 3, padding: 5)),
        ("dilation 2", Conv2dShape.Create(2, 3, 9, 10, 4, 3, padding: 2, dilation: 2)),
        ("dilation 3 same stride 2", Conv2dShape.Create(1, 3, 13, 11, 4, 3, stride: 2, padding: Padding.Same, dilation: 3)),
        ("dilation beyond the image", Conv2dShape.Create(1, 2, 5, 4, 3, 2, padding: 4, dilation: 6)),
        ("oblong everything", Conv2dShape.Create(1, 4, 7, 11, 6, (2, 3), (2, 3), Padding.Sides(1, 0, 2, 3), (3, 2), 2)),
        ("oblong everything, turned", Conv2dShape.Create(1, 4, 11, 7, 6, (3, 2), (3, 2), Padding.Sides(2, 3, 1, 0), (2, 3), 2)),
        ("groups 2", Conv2dShape.Create(2, 4, 7, 6, 6, 3, padding: 1, groups: 2)),
        ("groups 3", Conv2dShape.Create(2, 3, 4, 5, 6, 2, groups: 3)),
        ("groups 1x1", Conv2dShape.Create(2, 8, 5, 5, 12, 1, groups: 4)),
        ("groups of many to one", Conv2dShape.Create(1, 12, 6, 6, 2, 3, groups: 2)),
        ("depthwise", Conv2dShape.Create(2, 6, 8, 8, 6, 3, padding: 1, groups: 6)),
        ("depthwise multiplier 2", Conv2dShape.Create(1, 3, 5, 5, 6, 3, padding: 1, groups: 3)),
        ("depthwise same stride 2", Conv2dShape.Create(2, 5, 9, 10, 5, 3, stride: 2, padding: Padding.Same, groups: 5)),
        ("depthwise oblong dilated", Conv2dShape.Create(1, 4, 12, 9, 4, (2, 3), (1, 2), (1, 2), (3, 2), 4)),
        ("depthwise 1x1", Conv2dShape.Create(2, 7, 5, 6, 7, 1, groups: 7)),
        ("1-pixel image 1x1", Conv2dShape.Create(1, 1, 1, 1, 1, 1)),
        ("1-pixel image 1x1, batch and channels", Conv2dShape.Create(5, 7, 1, 1, 9, 1)),
        ("1-pixel image 3x3 padded", Conv2dShape.Create(2, 3, 1, 1, 4, 3, padding: 1)),
        ("1-pixel image 5x5 same", Conv2dShape.Create(3, 2, 1, 1, 2, 5, padding: Padding.Same)),
        ("1-pixel image stride 3 padded 4", Conv2dShape.Create(1, 2, 1, 1, 2, 3, stride: 3, padding: 4)),
        ("one row", Conv2dShape.Create(2, 3, 1, 20, 4, (1, 5))),
        ("one column", Conv2dShape.Create(2, 3, 20, 1, 4, (5, 1))),
        ("kernel as large as the image", Conv2dShape.Create(3, 4, 5, 6, 7, (5, 6))),
        ("kernel as large as the padded image", Conv2dShape.Create(3, 4, 3, 4, 7, (5, 6), padding: 1)),
        ("stride beyond the image", Conv2dShape.Create(2, 2, 5, 5, 3, 3, stride: 10)),
        ("batch 1", Conv2dShape.Create(1, 2, 5, 5, 3, 3)),
        ("batch 9", Conv2dShape.Create(9, 2, 5, 5, 3, 3)),
        ("batch 17", Conv2dShape.Create(17, 1, 3, 3, 2, 2)),
        ("one channel to 33", Conv2dShape.Create(1, 1, 6, 6, 33, 3)),
        ("33 channels to one", Conv2dShape.Create(1, 33, 6, 6, 1, 3)),
        ("13 channels to 25", Conv2dShape.Create(1, 13, 5, 5, 25, 1)),
        ("several bands", Conv2dShape.Create(1, 6, 48, 48, 2, 5)),
        ("several bands, dilated and padded", Conv2dShape.Create(1, 8, 32, 30, 2, 7, padding: 6, dilation: 2)),
        ("one row a band", Conv2dShape.Create(1, 4, 12, 710, 1, 11)),
        ("parallel items", Conv2dShape.Create(9, 4, 12, 12, 16, 3, padding: 1)),
        ("parallel groups", Conv2dShape.Create(3, 12, 16, 15, 18, 3, padding: 1, groups: 3)),
        ("parallel products", Conv2dShape.Create(1, 16, 20, 20, 16, 3, padding: 1)),
        ("parallel 5x5", Conv2dShape.Create(2, 18, 11, 13, 35, 5, padding: 2)),
        ("parallel 5x5, padding before and after", Conv2dShape.Create(3, 33, 9, 8, 17, 5, padding: Padding.Sides(4, 0, 1, 3))),
        ("parallel depthwise, stride 2", Conv2dShape.Create(3, 16, 40, 41, 16, 3, stride: 2, padding: 1, groups: 16)),
        ("parallel depthwise, small planes", Conv2dShape.Create(4, 200, 7, 7, 200, 3, padding: 1, groups: 200)),
        ("parallel multiplier", Conv2dShape.Create(3, 6, 40, 40, 12, 3, padding: 1, groups: 6)),
        ("parallel depthwise", Conv2dShape.Create(3, 16, 20, 20, 16, 5, padding: 2, groups: 16)),
    ];

    // Output rows of every length around the vectors' and the tiles'.
    private static IEnumerable<(string Name, Conv2dShape Shape)> Rows()
    {
        foreach (int width in (int[])[2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65])
        {
            yield return ($"3x3 on rows of {width}", Conv2dShape.Create(1, 2, 3, width, 3, 3, padding: 1));
            yield return ($"5x5 on rows of {width}", Conv2dShape.Create(1, 2, 3, width, 3, 5, padding: 2));
            yield return ($"depthwise 3x3 on rows of {width}", Conv2dShape.Create(1, 2, 3, width, 2, 3, padding: 1, groups: 2));
            yield return ($"1x1 on rows of {width}", Conv2dShape.Create(1, 3, 1, width, 7, 1));
        }
    }

    private static IEnumerable<(string Name, Conv2dShape Shape)> Sweep() =>
        from channels in ((int In, int Out)[])[(2, 4), (6, 8)]
        from kernel in (int[])[3, 5]
        from stride in (int[])[1, 2]
        from padding in (int[])[0, 1]
        from dilation in (int[])[1, 2]
        from groups in (int[])[1, 2]
        select (
            $"{channels.In} to {channels.Out}, kernel {kernel}, stride {stride}, padding {padding}, dilation {dilation}, groups {groups}",
            Conv2dShape.Create(2, channels.In, 16, 13, channels.Out, kernel, stride, padding, dilation, groups));

    private static IEnumerable<(string Name, Conv2dShape Shape)> KnownNetworks()
    {
        using Stream file = typeof(ConvCases).Assembly.GetManifestResourceStream("shapes.csv")!;
        using var reader = new StreamReader(file);
        reader.ReadLine();
        while (reader.ReadLine() is { Length: > 0 } line)
        {
            string[] cells = line.Split(',');
            if (cells[0] != KnownSet)
            {
                continue;
            }

            int[] n = [.. cells.Skip(2).Select(cell => int.Parse(cell, CultureInfo.InvariantCulture))];
            yield return (cells[1], Conv2dShape.Create(n[0], n[2], n[3], n[4], n[5], (n[6], n[7]), (n[8], n[9]), (n[10], n[11]), (n[12], n[13]), n[1]));
        }
    }

    private static IEnumerable<(string Name, Conv2dShape Shape)> Random()
    {
        var random = new RandomSource(seed: 20);
        for (int number = 1; number <= RandomCases; number++)
        {
            yield return ($"random {number}", RandomShape(random));
        }
    }

    /// <summary>Any valid shape: images may be smaller than the kernel where padding makes up for it.</summary>
    public static Conv2dShape RandomShape(RandomSource random)
    {
        int groups = 1 + random.NextInt(3);
        (Size2d kernel, Size2d dilation) = (RandomSize(random, 4), RandomSize(random, 3));
        var padding = Padding.Sides(random.NextInt(4), random.NextInt(4), random.NextInt(4), random.NextInt(4));
        int SmallestImage(int window, int spread, int padded) => Math.Max(1, (window - 1) * spread + 1 - padded);
        return Conv2dShape.Create(
            batch: 1 + random.NextInt(3),
            inChannels: groups * (1 + random.NextInt(4)),
            height: SmallestImage(kernel.Height, dilation.Height, padding.Top + padding.Bottom) + random.NextInt(9),
            width: SmallestImage(kernel.Width, dilation.Width, padding.Left + padding.Right) + random.NextInt(20),
            outChannels: groups * (1 + random.NextInt(5)),
            kernel,
            RandomSize(random, 3),
            random.NextInt(5) == 0 ? Padding.Same : padding,
            dilation,
            groups);
    }

    private static Size2d RandomSize(RandomSource random, int largest) => (1 + random.NextInt(largest), 1 + random.NextInt(largest));
}
