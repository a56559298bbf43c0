using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FastConv.Imaging;

/// <summary>
/// png_image, version 1: what the simplified interface knows of a file. libpng keeps the address from the beginning of reading to the end, so it must stay where
/// it is.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PngImage
{
    public nint Opaque;
    public uint Version;
    public uint Width;
    public uint Height;
    public uint Format;
    public uint Flags;
    public uint ColormapEntries;
    public uint WarningOrError;
    public PngMessage Message;
}

/// <summary>Text that ends in a 0.</summary>
[InlineArray(64)]
internal struct PngMessage
{
    private byte _first;
}

/// <summary>
/// libpng's simplified interface: http://www.libpng.org/pub/png/libpng-manual.txt, section V. Functions return 0 for an error, and have then freed
/// what they held.
/// </summary>
internal static unsafe partial class PngNative
{
    public const string Library = "fastconv-png";

    public const uint Version = 1;

    /// <summary>Red, green, blue, alpha, a byte each, the colours not multiplied by alpha.</summary>
    public const uint FormatRgba = 3;

    /// <summary>Files of 16 bits a channel are sRGB as others are, not linear.</summary>
    public const uint Flag16BitSrgb = 4;

    [LibraryImport(Library, EntryPoint = "png_image_begin_read_from_memory")]
    public static partial int BeginRead(PngImage* image, byte* bytes, nuint length);

    [LibraryImport(Library, EntryPoint = "png_image_finish_read")]
    public static partial int FinishRead(PngImage* image, void* background, byte* pixels, int rowStride, void* colormap);

    [LibraryImport(Library, EntryPoint = "png_image_free")]
    public static partial void Free(PngImage* image);
}
