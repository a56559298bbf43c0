using FastConv.Imaging;

namespace FastConv.Tests.Imaging;

public sealed class ImageCodecsTests
{
    [Fact]
    public void A_missing_library_is_named_with_its_package()
    {
        var library = new CodecLibrary("JPEG", "libnowhere0", "libnowhere.so.0", "nowhere.dll");
        Assert.False(library.IsPresent);
        string message = Assert.Throws<DllNotFoundException>(library.Require).Message;
        Assert.Contains("JPEG files need the library libnowhere.so.0", message, StringComparison.Ordinal);
        Assert.Contains("install the package libnowhere0", message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_missing_is_what_cannot_be_read()
    {
        Assert.Equal(!ImageCodecs.ReadsJpeg, ImageCodecs.MissingPackages.Contains("libturbojpeg0"));
        Assert.Equal(!ImageCodecs.ReadsPng, ImageCodecs.MissingPackages.Contains("libpng16-16"));
    }
}
