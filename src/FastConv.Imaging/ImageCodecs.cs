namespace FastConv.Imaging;

/// <summary>Which of the system's codecs are there. They are looked for once.</summary>
public static class ImageCodecs
{
    /// <summary>Whether JPEG files can be read.</summary>
    public static bool ReadsJpeg => CodecLibrary.TurboJpeg.IsPresent;

    /// <summary>Whether PNG files can be read.</summary>
    public static bool ReadsPng => CodecLibrary.Png.IsPresent;

    /// <summary>The packages of Debian and Ubuntu with what is missing; none where all formats can be read.</summary>
    public static IReadOnlyList<string> MissingPackages =>
        [.. ((CodecLibrary[])[CodecLibrary.TurboJpeg, CodecLibrary.Png]).Where(library => !library.IsPresent).Select(library => library.Package)];
}
