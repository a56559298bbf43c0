using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.InteropServices;

namespace FastConv.Imaging;

/// <summary>A native codec: the names that systems give its file, and the Debian package that has it.</summary>
internal sealed class CodecLibrary
{
    private readonly string _format;
    private readonly string[] _names;
    private readonly Lazy<nint> _handle;

    static CodecLibrary() => NativeLibrary.SetDllImportResolver(typeof(CodecLibrary).Assembly, Resolve);

    /// <param name="format">What it decodes.</param>
    /// <param name="package">On Debian and Ubuntu.</param>
    /// <param name="names">Tried in this order.</param>
    public CodecLibrary(string format, string package, params string[] names)
    {
        _format = format;
        Package = package;
        _names = names;
        _handle = new Lazy<nint>(Load);
    }

    /// <summary>libjpeg-turbo's TurboJPEG interface.</summary>
    public static CodecLibrary TurboJpeg { get; } = new(
        "JPEG", "libturbojpeg0", "libturbojpeg.so.0", "libturbojpeg.so", "libturbojpeg.0.dylib", "libturbojpeg.dylib", "turbojpeg.dll", "libturbojpeg.dll");

    /// <summary>libpng, whose interface is the same in all 1.6 versions.</summary>
    public static CodecLibrary Png { get; } = new(
        "PNG", "libpng16-16", "libpng16.so.16", "libpng16.so", "libpng.so", "libpng16.16.dylib", "libpng16.dylib", "libpng.dylib", "libpng16.dll", "libpng16-16.dll");

    /// <summary>The name of the package on Debian and Ubuntu.</summary>
    public string Package { get; }

    /// <summary>Whether the library is there.</summary>
    public bool IsPresent => _handle.Value != 0;

    /// <summary>To be called before the first of the library's functions.</summary>
    /// <exception cref="DllNotFoundException">The library cannot be loaded; the message says which package has it.</exception>
    public void Require()
    {
        if (!IsPresent)
        {
            throw new DllNotFoundException(
                $"{_format} files need the library {_names[0]}, which cannot be loaded: install the package {Package} (Debian, Ubuntu) or put the library on the loader's path.");
        }
    }

    // Imports have a name of the project's own, which no system library has.
    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath) => name switch
    {
        TurboJpegNative.Library => TurboJpeg._handle.Value,
        PngNative.Library => Png._handle.Value,
        _ => 0,
    };

    [SuppressMessage("Security", "CA5392", Justification = "The names are those of system libraries.")]
    private nint Load()
    {
        foreach (string name in _names)
        {
            if (NativeLibrary.TryLoad(name, out nint handle))
            {
                return handle;
            }
        }

        return 0;
    }
}
