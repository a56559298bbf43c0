namespace FastConv.Imaging;

/// <summary>How <see cref="ImageFolderDataset"/> loads a folder.</summary>
public sealed record ImageFolderOptions
{
    /// <summary>3: red, green, blue. 1: grey.</summary>
    public int Channels { get; init; } = 3;

    /// <summary>Whether a bad file fails the load; otherwise it is left out and listed in <see cref="ImageFolderDataset.Skipped"/>.</summary>
    public bool Strict { get; init; }

    /// <summary>What is asked of every file at load.</summary>
    public ImageCheck Check { get; init; } = ImageCheck.Decode;

    /// <summary>Bytes of resized samples that are kept in memory, so that they are decoded once; the others are decoded in every epoch. 0 keeps none.</summary>
    public long CacheBytes { get; init; } = 1L << 30;

    /// <summary>A file with more pixels counts as bad.</summary>
    public long MaxPixels { get; init; } = ImageFile.DefaultMaxPixels;
}
