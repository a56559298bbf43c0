namespace FastConv.Cli.Models;

/// <summary>What is done to training samples at random; the words of <c>--augment</c>.</summary>
[Flags]
internal enum Augmentation
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Left and right changed for every other sample.</summary>
    Flip = 1,

    /// <summary>Moved by up to an eighth of the side, what comes in filled with the mean.</summary>
    Crop = 2,

    /// <summary>A square of a quarter of the side covered by the mean.</summary>
    Cutout = 4,

    /// <summary>Each sample of a batch mixed with another, classes too.</summary>
    MixUp = 8,
}
