using FastConv.Cli.Models;
using FastConv.Data;

namespace FastConv.Cli.Input;

/// <summary>Random changes of training samples, all a function of seed, epoch and sample.</summary>
internal static class Augmentations
{
    private const int SharesMoved = 8;
    private const int SharesCovered = 4;

    // Between 0.1 and 0.4 the authors of mixup find little difference for images.
    private const double MixUpAlpha = 0.2;

    /// <summary>The samples with what is asked for done to them. They are normalised already, so what comes in from outside, 0, is the mean.</summary>
    public static IDataset Apply(IDataset normalized, Augmentation asked, long seed)
    {
        (int height, int width) = (normalized.SampleShape[1], normalized.SampleShape[2]);
        var transforms = new List<ITransform>();
        if (asked.HasFlag(Augmentation.Crop))
        {
            transforms.Add(new RandomCrop(height, width, padding: Math.Max(1, Math.Min(height, width) / SharesMoved)));
        }

        if (asked.HasFlag(Augmentation.Flip))
        {
            transforms.Add(new RandomHorizontalFlip());
        }

        if (asked.HasFlag(Augmentation.Cutout))
        {
            transforms.Add(new Cutout(Math.Max(1, Math.Min(height, width) / SharesCovered)));
        }

        return transforms.Count == 0 ? normalized : new TransformedDataset(normalized, seed, [.. transforms]);
    }

    /// <summary>What mixes batches; null where that is not asked for.</summary>
    public static MixUp? Mixing(Augmentation asked) => asked.HasFlag(Augmentation.MixUp) ? new MixUp(MixUpAlpha) : null;
}
