using FastConv.Shapes;

namespace FastConv.Data;

/// <summary>
/// Ten handwritten digits, drawn by the program itself: stroke shapes with random proportions, rotation, slant, place,
/// thickness and noise. Nothing to download. Image i is a pure function of seed, split and i, and the classes take turns.
/// </summary>
public sealed class SyntheticDigits : IDataset
{
    /// <summary>Images for training, unless the options say otherwise.</summary>
    public const int DefaultTrainCount = 12_000;

    /// <summary>Images for testing, unless the options say otherwise.</summary>
    public const int DefaultTestCount = 2_000;

    private readonly byte[] _pixels;

    private SyntheticDigits(SyntheticDigitsOptions options, bool isTest)
    {
        int count = options.Count ?? (isTest ? DefaultTestCount : DefaultTrainCount);
        Check(options, count);
        Name = isTest ? "synthetic digits test" : "synthetic digits train";
        Count = count;
        SampleShape = [options.Channels, options.Size, options.Size];
        ClassCount = options.Classes;
        _pixels = GC.AllocateUninitializedArray<byte>(SampleShape.BatchOf(count).Length);
        DigitRenderer.Draw(options, isTest, count, _pixels);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int Count { get; }

    /// <summary>[channels, size, size].</summary>
    public TensorShape SampleShape { get; }

    /// <inheritdoc/>
    public int ClassCount { get; }

    /// <summary>Draws all images.</summary>
    /// <param name="split"><c>train</c> or <c>test</c>: the two have no image in common.</param>
    /// <param name="options">What to draw; where it is not given, the defaults: 28 x 28, grey, ten classes.</param>
    /// <exception cref="ArgumentException">Another split, or more pixels than one array can hold.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option out of its range.</exception>
    public static SyntheticDigits Load(string split, SyntheticDigitsOptions? options = null) => split switch
    {
        "train" => new SyntheticDigits(options ?? new SyntheticDigitsOptions(), isTest: false),
        "test" => new SyntheticDigits(options ?? new SyntheticDigitsOptions(), isTest: true),
        _ => throw new ArgumentException($"SyntheticDigits.Load: expected the split 'train' or 'test', received '{split}'.", nameof(split)),
    };

    /// <inheritdoc/>
    public void Read(int index, Span<float> sample, out int label)
    {
        DatasetChecks.Read(this, index, sample);
        PixelBytes.ToUnitInterval(_pixels.AsSpan(index * sample.Length, sample.Length), sample);
        label = LabelOf(index, ClassCount);
    }

    internal static int LabelOf(int index, int classes) => index % classes;

    private static void Check(SyntheticDigitsOptions options, int count)
    {
        ReadOnlySpan<(string Name, int Value, int Least, int Most)> ranges =
        [
            (nameof(options.Count), count, 1, int.MaxValue),
            (nameof(options.Size), options.Size, 8, 1024),
            (nameof(options.Classes), options.Classes, 2, DigitShapes.Count),
        ];
        foreach ((string name, int value, int least, int most) in ranges)
        {
            if (value < least || value > most)
            {
                throw new ArgumentOutOfRangeException(nameof(options), $"SyntheticDigits: {name} is expected in [{least}, {most}], received {value}.");
            }
        }

        if (options.Channels is not (1 or 3))
        {
            throw new ArgumentOutOfRangeException(nameof(options), $"SyntheticDigits: Channels is expected to be 1 or 3, received {options.Channels}.");
        }
    }
}
