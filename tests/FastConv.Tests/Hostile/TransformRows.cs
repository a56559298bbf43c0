using FastConv.Data;
using FastConv.Randomness;
using FastConv.Shapes;
using static FastConv.Tests.Hostile.HostileRow;
using static FastConv.Tests.Hostile.HostileWeakness;

namespace FastConv.Tests.Hostile;

/// <summary>Transforms with impossible numbers, and spans that are no image of the shape.</summary>
internal static class TransformRows
{
    private static readonly TensorShape Image = [1, 4, 4];

    private static readonly (ITransform Transform, int Length)[] Transforms =
    [
        (new CenterCrop(3, 3), 9),
        (new RandomCrop(3, 3), 9),
        (new RandomResizedCrop(3, 3), 9),
        (new Resize(3, 3), 9),
        (new RandomHorizontalFlip(), 16),
        (new Cutout(2), 16),
        (new Normalize(new DatasetStatistics([0], [1])), 16),
    ];

    public static HostileRow[] All =>
    [
        .. from item in Transforms
           from row in OfTransform(item.Transform.GetType().Name, item.Transform, item.Length)
           select row,
        .. from item in Transforms
           where item.Transform is not Normalize
           select Argument($"{item.Transform.GetType().Name}.OutputShape", "two axes", "expected samples [channels, height, width], received [4, 4]", _ => item.Transform.OutputShape([4, 4]), BadIndex),
        Argument("Normalize.OutputShape", "other channels", "expected 1 mean or one a channel, received 3", _ => new Normalize(new DatasetStatistics([0, 0, 0], [1, 1, 1])).OutputShape(Image), ShortBuffer),
        Missing("new Normalize", "no statistics", "statistics", call => _ = new Normalize(null!)),
        Range("new CenterCrop", "height 0", "height", call => _ = new CenterCrop(0, 3), Negative),
        Argument("CenterCrop.OutputShape", "a crop of 2^62 pixels", "more elements than one array can hold", _ => new CenterCrop(int.MaxValue, int.MaxValue).OutputShape(Image), Overflow),
        Range("new RandomCrop", "width -1", "width", call => _ = new RandomCrop(3, -1), Negative),
        Range("new RandomCrop", "padding -1", "padding", call => _ = new RandomCrop(3, 3, -1), Negative),
        Argument("RandomCrop.OutputShape", "padding int.MaxValue", "with a border of 2147483647", _ => new RandomCrop(3, 3, int.MaxValue).OutputShape(Image), Overflow),
        Argument("RandomCrop.Apply", "an image smaller than the crop", "RandomCrop: expected samples of at least 3 x 3", call => new RandomCrop(3, 3).Apply([1, 2, 2], new float[4], call.Output(9), new RandomSource(1)), ShortBuffer),
        Range("new Resize", "height 0", "height", call => _ = new Resize(0, 3), ZeroDivisor),
        Range("new RandomResizedCrop", "scales from 0", "expected scales 0 < least <= largest <= 1", call => _ = new RandomResizedCrop(3, 3, minScale: 0), ZeroDivisor),
        Range("new RandomResizedCrop", "a ratio of NaN", "expected ratios 0 < least <= largest", call => _ = new RandomResizedCrop(3, 3, minRatio: float.NaN), NotFinite),
        Range("new RandomHorizontalFlip", "probability NaN", "expected a probability in [0, 1], received NaN", call => _ = new RandomHorizontalFlip(double.NaN), NotFinite),
        Range("new Cutout", "size 0", "size", call => _ = new Cutout(0), Negative),
        Defined("new Cutout", "size int.MaxValue", "the whole image is filled", _ => AssertAllCut(), Overflow),
        Range("BilinearResize.Apply", "no planes", "every size of a tensor is at least 1", call => BilinearResize.Apply(0, 2, 2, [], 2, 2, call.Output(4)), Negative),
        Range("BilinearResize.Apply", "a new height of 0", "every size of a tensor is at least 1", call => BilinearResize.Apply(1, 2, 2, new float[4], 0, 2, call.Output(4)), ZeroDivisor),
        Argument("BilinearResize.Apply", "result one too short", "result expects 4 elements, received 3", call => BilinearResize.Apply(1, 2, 2, new float[4], 2, 2, call.Output(3)), ShortBuffer),
        Argument("BilinearResize.Apply", "result in the memory of the source", "result expects memory of its own", call => SharedResize(call.Output(8)), Overlap),
        Range("BilinearResize.Apply", "an end of NaN", "expected an end in (1, 2], received NaN", call => BilinearResize.Apply(1, 2, 2, new float[4], 2, 2, call.Output(4), bottom: double.NaN), NotFinite),
        Defined("BilinearResize.Apply", "a column of 4000 pixels to a row of 4000", "a row, and memory for one more row", _ => BilinearResize.Apply(1, 4000, 1, new float[4000], 1, 4000, new float[4000]), Unbounded),
        Argument("PixelBytes.ToUnitInterval", "fewer values than pixels", "", call => PixelBytes.ToUnitInterval(new byte[4], call.Output(3)), ShortBuffer),
        Defined("PixelBytes.FromUnitInterval", "NaN and infinities", "a byte", _ => Assert.Equal([0, 255, 0], (byte[])[PixelBytes.FromUnitInterval(float.NaN), PixelBytes.FromUnitInterval(float.PositiveInfinity), PixelBytes.FromUnitInterval(float.NegativeInfinity)]), NotFinite),
    ];

    private static IEnumerable<HostileRow> OfTransform(string type, ITransform transform, int length) =>
    [
        Argument($"{type}.Apply", "an image one too short", $"expected 16 values and room for {length}, received 15 and {length}", call => transform.Apply(Image, new float[15], call.Output(length), new RandomSource(1)), ShortBuffer),
        Argument($"{type}.Apply", "a result one too short", $"received 16 and {length - 1}", call => transform.Apply(Image, new float[16], call.Output(length - 1), new RandomSource(1)), ShortBuffer),
        Argument($"{type}.Apply", "a result in the memory of the image", "expected a result with memory of its own", call => Shared(transform, length, call.Output(16)), Overlap),
    ];

    private static void Shared(ITransform transform, int length, float[] memory) => transform.Apply(Image, memory, memory.AsSpan(0, length), new RandomSource(1));

    private static void SharedResize(float[] memory) => BilinearResize.Apply(1, 2, 2, memory.AsSpan(0, 4), 2, 2, memory.AsSpan(3, 4));

    private static void AssertAllCut()
    {
        float[] result = new float[16];
        new Cutout(int.MaxValue, fill: 7).Apply(Image, new float[16], result, new RandomSource(1));
        Assert.All(result, value => Assert.Equal(7, value));
    }
}
