using FastConv.Data;
using FastConv.Randomness;
using FastConv.Shapes;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Data;

/// <summary>Every transform beside its definition, on images whose values are their places.</summary>
public sealed class TransformTests
{
    private const int Draws = 2000;

    private static readonly TensorShape Shape = [2, 4, 5];
    private static readonly float[] Image = [.. Enumerable.Range(1, Shape.Length).Select(value => (float)value)];

    [Theory]
    [InlineData(2, 3, 1, 1)]
    [InlineData(4, 5, 0, 0)]
    [InlineData(3, 2, 0, 2)]
    [InlineData(6, 5, -1, 0)]
    [InlineData(7, 8, -1, -1)]
    public void CenterCrop_takes_the_middle(int height, int width, int top, int left) =>
        Assert.Equal(Window(top, left, height, width, fill: 0), Apply(new CenterCrop(height, width), new RandomSource(0)));

    [Fact]
    public void RandomCrop_takes_every_window_as_often()
    {
        var random = new RandomSource(1);
        var crop = new RandomCrop(3, 4);
        Dictionary<string, int> counts = [];
        for (int draw = 0; draw < Draws; draw++)
        {
            string window = string.Join(' ', Apply(crop, random));
            counts[window] = counts.GetValueOrDefault(window) + 1;
        }

        string[] windows = [.. from top in (int[])[0, 1] from left in (int[])[0, 1] select string.Join(' ', Window(top, left, 3, 4, fill: 0))];
        Assert.Equal(windows.Order(StringComparer.Ordinal), counts.Keys.Order(StringComparer.Ordinal));
        Assert.All(counts.Values, count => Assert.InRange(count, Draws / 4 - 100, Draws / 4 + 100));
    }

    [Theory]
    [InlineData(4, 5, 2)]
    [InlineData(1, 1, 3)]
    [InlineData(9, 9, 3)]
    public void RandomCrop_fills_the_border(int height, int width, int padding)
    {
        var random = new RandomSource(2);
        var seen = new HashSet<string>();
        for (int draw = 0; draw < Draws; draw++)
        {
            seen.Add(string.Join(' ', Apply(new RandomCrop(height, width, padding, fill: -1), random)));
        }

        IEnumerable<string> all =
            from top in Enumerable.Range(-padding, 4 + 2 * padding - height + 1)
            from left in Enumerable.Range(-padding, 5 + 2 * padding - width + 1)
            select string.Join(' ', Window(top, left, height, width, fill: -1));
        Assert.Equal(all.Distinct().Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, Draws)]
    [InlineData(0.25, Draws / 4)]
    public void RandomHorizontalFlip_turns_rows_around(double probability, int expected)
    {
        var random = new RandomSource(3);
        float[] flipped = [.. Image.Chunk(5).SelectMany(row => row.Reverse())];
        int count = 0;
        for (int draw = 0; draw < Draws; draw++)
        {
            float[] result = Apply(new RandomHorizontalFlip(probability), random);
            bool isFlipped = result[0] != Image[0];
            Assert.Equal(isFlipped ? flipped : Image, result);
            count += isFlipped ? 1 : 0;
        }

        Assert.InRange(count, expected - (expected is 0 or Draws ? 0 : 80), expected + (expected is 0 or Draws ? 0 : 80));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(100)]
    public void Cutout_blanks_a_square_around_any_pixel(int size)
    {
        var random = new RandomSource(4);
        var seen = new HashSet<string>();
        for (int draw = 0; draw < Draws; draw++)
        {
            seen.Add(string.Join(' ', Apply(new Cutout(size, fill: -1), random)));
        }

        IEnumerable<string> all =
            from middleH in Enumerable.Range(0, 4)
            from middleW in Enumerable.Range(0, 5)
            select string.Join(' ', Image.Select((value, index) => IsIn(index / 5 % 4, middleH) && IsIn(index % 5, middleW) ? -1 : value));
        Assert.Equal(all.Distinct().Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));

        bool IsIn(int place, int middle) => place >= middle - size / 2 && place < middle - size / 2 + size;
    }

    [Fact]
    public void Resize_is_the_bilinear_one()
    {
        float[] expected = new float[2 * 3 * 7];
        BilinearResize.Apply(2, 4, 5, Image, 3, 7, expected);
        Assert.Equal(expected, Apply(new Resize(3, 7), new RandomSource(0)));
    }

    // A crop of the ratios' bounds and scale 1 is the whole image; others stay within the range of its values.
    [Fact]
    public void RandomResizedCrop_takes_windows_of_the_scale_and_ratio()
    {
        float[] whole = new float[2 * 4 * 4];
        BilinearResize.Apply(2, 4, 5, Image, 4, 4, whole);
        Assert.Equal(whole, Apply(new RandomResizedCrop(4, 4, minScale: 1, minRatio: 1.25f, maxRatio: 1.25f), new RandomSource(0)));

        // No window of this ratio and scale fits: the largest one in the middle.
        float[] strip = new float[2 * 4 * 4];
        BilinearResize.Apply(2, 1, 5, [.. Image[5..10], .. Image[25..30]], 4, 4, strip);
        Assert.Equal(strip, Apply(new RandomResizedCrop(4, 4, minScale: 1, minRatio: 5, maxRatio: 5), new RandomSource(0)));

        var random = new RandomSource(5);
        var seen = new HashSet<float>();
        for (int draw = 0; draw < Draws; draw++)
        {
            float[] one = Apply(new RandomResizedCrop(1, 1, minScale: 0.05f, maxScale: 0.06f, minRatio: 1, maxRatio: 1), random);
            Assert.Equal(one[0] + 20, one[1]);
            seen.Add(one[0]);
        }

        Assert.Equal(Image[..20], seen.Order());
    }

    [Fact]
    public void Normalize_has_a_pair_a_channel()
    {
        float[] result = Apply(new Normalize(new DatasetStatistics([1, 20], [2, 4])), new RandomSource(0));
        Assert.Equal(Image.Select((value, index) => index < 20 ? (value - 1) / 2 : (value - 20) / 4), result);
    }

    [Fact]
    public void Refuse_what_they_cannot_do()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new CenterCrop(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomCrop(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomCrop(1, 1, padding: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomHorizontalFlip(1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomHorizontalFlip(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Cutout(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Resize(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomResizedCrop(1, 1, minScale: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomResizedCrop(1, 1, minRatio: 2, maxRatio: 1));
        Assert.Throws<ArgumentException>(() => new Normalize(new DatasetStatistics([0], [0])));
        Assert.Throws<ArgumentException>(() => new Normalize(new DatasetStatistics([0, 0, 0], [1, 1, 1])).OutputShape(Shape));
        Assert.Contains("at least 9 x 9 with a border of 2, received [2, 4, 5]", Assert.Throws<ArgumentException>(() => new RandomCrop(9, 9, 2).OutputShape(Shape)).Message, StringComparison.Ordinal);
        ITransform[] ofImages = [new CenterCrop(1, 1), new RandomCrop(1, 1), new RandomHorizontalFlip(), new Cutout(1), new Resize(1, 1), new RandomResizedCrop(1, 1)];
        Assert.All(ofImages, transform => Assert.Contains(
            $"{transform.GetType().Name}: expected samples [channels, height, width], received [7]",
            Assert.Throws<ArgumentException>(() => transform.OutputShape([7])).Message,
            StringComparison.Ordinal));
    }

    private static float[] Apply(ITransform transform, RandomSource random)
    {
        float[] result = TestTensors.NaNs(transform.OutputShape(Shape).Length);
        transform.Apply(Shape, Image, result, random);
        return result;
    }

    private static float[] Window(int top, int left, int height, int width, float fill) =>
    [
        .. from c in Enumerable.Range(0, 2)
           from h in Enumerable.Range(top, height)
           from w in Enumerable.Range(left, width)
           select h is >= 0 and < 4 && w is >= 0 and < 5 ? Image[(c * 4 + h) * 5 + w] : fill,
    ];
}
