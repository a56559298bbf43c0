using System.Runtime.InteropServices;

namespace FastConv.Imaging;

/// <summary>tjscalingfactor: sizes are multiplied and rounded up.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct TurboJpegScale(int numerator, int denominator)
{
    public readonly int Numerator = numerator;
    public readonly int Denominator = denominator;

    public double Exact(int size) => (double)size * Numerator / Denominator;

    public int RoundUp(int size) => (int)(((long)size * Numerator + Denominator - 1) / Denominator);
}

/// <summary>
/// The part of the TurboJPEG interface that versions 2 and 3 share: https://libjpeg-turbo.org/Documentation/Documentation. Functions return 0 for success and
/// -1 for an error or a warning.
/// </summary>
internal static unsafe partial class TurboJpegNative
{
    public const string Library = "fastconv-jpeg";

    public const int PixelsRgb = 0;
    public const int PixelsCmyk = 11;

    public const int SpaceCmyk = 3;
    public const int SpaceYcck = 4;

    /// <summary>More than 500 scans are an error: a small progressive file may ask for days of work.</summary>
    public const int LimitScans = 32768;

    [LibraryImport(Library, EntryPoint = "tjInitDecompress")]
    public static partial nint InitDecompress();

    [LibraryImport(Library, EntryPoint = "tjDestroy")]
    public static partial int Destroy(nint handle);

    [LibraryImport(Library, EntryPoint = "tjDecompressHeader3")]
    public static partial int DecompressHeader(
        nint handle, byte* bytes, CULong length, out int width, out int height, out int subsampling, out int colorSpace);

    [LibraryImport(Library, EntryPoint = "tjDecompress2")]
    public static partial int Decompress(
        nint handle, byte* bytes, CULong length, byte* pixels, int width, int pitch, int height, int pixelFormat, int flags);

    [LibraryImport(Library, EntryPoint = "tjGetScalingFactors")]
    public static partial TurboJpegScale* ScalingFactors(out int count);

    [LibraryImport(Library, EntryPoint = "tjGetErrorStr2")]
    public static partial nint ErrorText(nint handle);
}
