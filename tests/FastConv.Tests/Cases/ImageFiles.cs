using System.Buffers.Binary;

namespace FastConv.Tests.Cases;

/// <summary>
/// Tiny image files of 12 x 8 pixels, one of each kind, and what Pillow 9.4 decodes them to. Behind the colours stands (20 x, 30 y, 255 - 10 x - 12 y),
/// behind the grey ones 10 x + 15 y.
/// </summary>
internal static class ImageFiles
{
    public const int Width = 12;
    public const int Height = 8;

    private const string JpegColor =
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQERMUFRUVDA8XGBYUGBIU"
        + "FRT/2wBDAQMEBAUEBQkFBQkUDQsNFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBT/wAARCAAIAAwDASIAAhEB"
        + "AxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAf/xAAbEAABBAMAAAAAAAAAAAAAAAAAAggkogUGMv/EABUBAQEAAAAAAAAAAAAAAAAAAAQF/8QAGxEAAQUB"
        + "AQAAAAAAAAAAAAAAQQAFBhQz8Af/2gAMAwEAAhEDEQA/AJ5qba+ItSr41tcREWoBFn06fLOx4ofl0qdaeg4r/9k=";

    private const string JpegProgressive =
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQERMUFRUVDA8XGBYUGBIU"
        + "FRT/2wBDAQMEBAUEBQkFBQkUDQsNFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBT/wgARCAAIAAwDASIAAhEB"
        + "AxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAb/xAAVAQEBAAAAAAAAAAAAAAAAAAADBP/aAAwDAQACEAMQAAABnawiH//EABgQAAIDAAAAAAAAAAAAAAAA"
        + "AAAGAwQi/9oACAEBAAEFAqi0RrWf/8QAGREAAQUAAAAAAAAAAAAAAAAAAAQFBhMy/9oACAEDAQE/AYu6qqdH/8QAGBEAAgMAAAAAAAAAAAAAAAAAAAUE"
        + "EzL/2gAIAQIBAT8BfvZ1mz//xAAVEAEBAAAAAAAAAAAAAAAAAAAAMv/aAAgBAQAGPwKUv//EABcQAAMBAAAAAAAAAAAAAAAAAAAhwTH/2gAIAQEAAT8h"
        + "wkVk/9oADAMBAAIAAwAAABCD/8QAFxEAAwEAAAAAAAAAAAAAAAAAAEGB8P/aAAgBAwEBPxCUzP/EABcRAAMBAAAAAAAAAAAAAAAAAABBgfD/2gAIAQIB"
        + "AT8Qosz/xAAUEAEAAAAAAAAAAAAAAAAAAAAQ/9oACAEBAAE/EAhn/9k=";

    private const string JpegGrey =
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQERMUFRUVDA8XGBYUGBIU"
        + "FRT/wAALCAAIAAwBAREA/8QAFQABAQAAAAAAAAAAAAAAAAAABwj/xAAeEAAABAcAAAAAAAAAAAAAAAAAAwgkBgclM0JRov/aAAgBAQAAPwATlInay11i"
        + "K0hpO1JKa8j/2Q==";

    private const string JpegPrint =
        "/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwACAQEBAQECAQEBAgICAgIEAwICAgIFBAQDBAYFBgYGBQYGBgcJCAYHCQcGBggLCAkKCgoKCgYICwwLCgwJCgoK"
        + "/8AAFAgACAAMBEMRAE0RAFkRAEsRAP/EABgAAAMBAQAAAAAAAAAAAAAAAAAICQcK/8QAKhAAAQEDCQkAAAAAAAAAAAAAAAgBGiUEBQcJJjRmpOE3QkVR"
        + "YYGCorH/2gAOBEMATQBZAEsAAD8AReqS4Z4GRu7mBstoOQrZbd6i/PfL+HQ4m3ZNN/f4wHdzA2W0J40krbtbKIv79Wgf/9k=";

    private const string PngColor =
        "iVBORw0KGgoAAAANSUhEUgAAAAwAAAAICAIAAABChommAAAAHElEQVR42mNkYPgvwvANP2JhkPvCwPANPxreigB2mV4HFqssjAAAAABJRU5ErkJggg==";

    private const string PngGrey =
        "iVBORw0KGgoAAAANSUhEUgAAAAwAAAAICAAAAADoj0EtAAAAE0lEQVR42mNk4EIARn4kDgtVOQDLYgP0Owd+fgAAAABJRU5ErkJggg==";

    private const string PngAlpha =
        "iVBORw0KGgoAAAANSUhEUgAAAAwAAAAICAYAAADN5B7xAAAAIklEQVR42mNkYPjPIMLwjYtYzMIg94WfgeEbF7F4VAMxGABR5GHgmrs61QAAAABJRU5E"
        + "rkJggg==";

    private const string PngPalette =
        "iVBORw0KGgoAAAANSUhEUgAAAAwAAAAIBAMAAAA/ygPCAAAAMFBMVEW+w1K+lmR4tHs8w5MKw6wolq++aXZ4aZk8abcKadC+LY6+AKB4Hrc8Lc8KLego"
        + "AOsAS8t7AAAAL0lEQVR42mP4///Pmd27Gd7dvXNm1SoYNbOjvTwtDUaFhgYpCQoyuBgbKTEwQCkAcKAXd2aZdCcAAAAASUVORK5CYII=";

    private const string PngOneBit =
        "iVBORw0KGgoAAAANSUhEUgAAAAwAAAAIAQAAAADlnyNcAAAAIElEQVR42mNgMGBg+MDEyMDExsDEwcBkwMDkwMD4/yMAHO8Dm3uzUyQAAAAASUVORK5C"
        + "YII=";

    private const string PngSixteenBits =
        "iVBORw0KGgoAAAANSUhEUgAAAAwAAAAIEAAAAAC4H51uAAAAFklEQVR4nGNkYODCChj5+bFLsAxKCQAEDQfNhHs6FQAAAABJRU5ErkJggg==";

    private const string ColorPixels =
        "0105EA0C07E71F08DE3308D34607C85B07BD7207B78407AD9A06A2AC0698C0088ECB0A8B081CEC131EE9261FDF3B1FD44E1ECA641EBF791EB98D"
        + "1DAFA11DA4B31D9AC71F90D2218D093ADF143CDC263ED43B3EC9503CBF643DB4783CAD8C3BA2A03B97B53B8EC73E84D240810858D3135AD0265A"
        + "C7395BBC4E5AB06459A7785AA08B5994A1598BB3597FC75A77D15D740977C61379C3277BBB3B7AB05079A565799A7979938D7889A17880B57875"
        + "C97A6DD27B670995B91395B52598AD3A98A44F969863968D7897878C967DA09673B49567C8975FD3995A08B2AF13B4AC25B7A439B5994FB58D63"
        + "B58478B57C8BB4709FB467B4B45EC8B556D2B7500FC9B11ACBAE2DCDA740CC9B56CC906BCC857FCC7E93CB74A7CB69BBCB60CFCC57D9CD53";

    private const string GreyPixels =
        "0000000A0A0A1414141D1D1D2828283232323B3B3B4646465050505959596464646C6C6C0F0F0F1919192323232C2C2C3838384141414B4B4B55"
        + "55555F5F5F6868687474747C7C7C1E1E1E2929293232323C3C3C4747475050505A5A5A6464646F6F6F7878788383838B8B8B2D2D2D3737374040"
        + "404A4A4A5555555F5F5F6868687373737D7D7D8686869191919999993C3C3C4747475050505A5A5A6565656F6F6F7878788282828D8D8D969696"
        + "A1A1A1A9A9A94B4B4B5555555F5F5F6868687373737D7D7D8686869191919B9B9BA4A4A4AFAFAFB7B7B75A5A5A6464646E6E6E7777778383838C"
        + "8C8C969696A0A0A0AAAAAAB3B3B3BFBFBFC7C7C76969697474747D7D7D8787879292929B9B9BA5A5A5AFAFAFBABABAC3C3C3CECECED6D6D6";

    private const string PrintPixels =
        "0000FF1400F52800EA3B00E15100D76400CD7800C38C00B9A000AFB300A4C9009BDC0091001EF3141EEA281EDF3B1ED5511ECB641EC2781EB78C"
        + "1EADA01EA4B31E99C91E90DC1E85003CE7143CDD283CD23B3CC9513CBF643CB5783CAA8C3CA1A03C97B33C8CC93C83DC3C78005ADB145AD2285A"
        + "C73B5ABD515AB3645AAA785A9F8C5A95A05A8CB35A81C95A78DC5A6D0078CF1478C52878BA3B78B15178A764789D7878928C7889A0787FB37874"
        + "C9786BDC78610097C31497BA2897AF3B97A551979B6497927897878C977DA09774B39769C99760DC975500B4B714B4AD28B4A23BB49951B48F64"
        + "B48578B47A8CB471A0B467B3B45CC9B453DCB44800D2AB14D2A128D2973BD28D51D28364D27A78D26F8CD265A0D25BB3D250C9D248DCD23D";

    private const string PalettePixels =
        "2800EB2800EB2800EB2800EB2800EB781EB7781EB7781EB7BE00A0BE00A0BE00A0BE00A00A2DE80A2DE83C2DCF3C2DCF3C2DCF781EB7781EB778"
        + "1EB7BE2D8EBE2D8EBE2D8EBE2D8E0A2DE80A2DE83C2DCF3C2DCF3C2DCF781EB7781EB7781EB7BE2D8EBE2D8EBE2D8EBE2D8E0A69D00A69D03C69"
        + "B73C69B73C69B7786999786999786999BE6976BE6976BE6976BE69760A69D00A69D03C69B73C69B73C69B7786999786999786999BE6976BE6976"
        + "BE6976BE69762896AF2896AF2896AF2896AF2896AF78B47B78B47B78B47BBE9664BE9664BE9664BE96640AC3AC0AC3AC3CC3933CC3933CC39378"
        + "B47B78B47B78B47BBEC352BEC352BEC352BEC3520AC3AC0AC3AC3CC3933CC3933CC39378B47B78B47B78B47BBEC352BEC352BEC352BEC352";

    /// <summary>All kinds, by name.</summary>
    public static TheoryData<string> Kinds { get; } = [.. Table.Keys];

    private static Dictionary<string, (string File, byte[] Pixels, int Tolerance)> Table => new()
    {
        ["jpeg colour"] = (JpegColor, Convert.FromHexString(ColorPixels), 2),
        ["jpeg progressive"] = (JpegProgressive, Convert.FromHexString(ColorPixels), 2),
        ["jpeg grey"] = (JpegGrey, Convert.FromHexString(GreyPixels), 2),
        ["jpeg print colours"] = (JpegPrint, Convert.FromHexString(PrintPixels), 2),
        ["png colour"] = (PngColor, Pixels((x, y) => (20 * x, 30 * y, 255 - 10 * x - 12 * y)), 0),
        ["png grey"] = (PngGrey, Pixels((x, y) => Grey(10 * x + 15 * y)), 0),
        ["png with alpha"] = (PngAlpha, Pixels((x, y) => (20 * x, 30 * y, 255 - 10 * x - 12 * y)), 0),
        ["png palette"] = (PngPalette, Convert.FromHexString(PalettePixels), 0),
        ["png of 1 bit"] = (PngOneBit, Pixels((x, y) => Grey(10 * x + 15 * y > 90 ? 255 : 0)), 0),
        ["png of 16 bits"] = (PngSixteenBits, Pixels((x, y) => Grey(10 * x + 15 * y)), 0),
    };

    public static byte[] Bytes(string kind) => Convert.FromBase64String(Table[kind].File);

    /// <summary>[Height, Width, 3], and how far a decoder may be from it.</summary>
    public static (byte[] Pixels, int Tolerance) Decoded(string kind) => (Table[kind].Pixels, Table[kind].Tolerance);

    /// <summary>Gives every chunk of a PNG file the checksum of what it now holds, as somebody does who wants a decoder to look at it. Lengths may be damaged too.</summary>
    public static void RepairChecksums(Span<byte> png)
    {
        const int SignatureLength = 8;
        const int HeaderLength = 8;
        int start = SignatureLength;
        while (start + HeaderLength <= png.Length)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(png[start..]);
            if (length > png.Length - start - HeaderLength - sizeof(uint))
            {
                return;
            }

            int end = start + HeaderLength + (int)length;
            BinaryPrimitives.WriteUInt32BigEndian(png[end..], Checksum(png[(start + sizeof(uint))..end]));
            start = end + sizeof(uint);
        }
    }

    // CRC-32 as the PNG specification has it in its appendix.
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint remainder = uint.MaxValue;
        foreach (byte value in bytes)
        {
            remainder ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                remainder = (remainder & 1) != 0 ? 0xEDB88320 ^ remainder >> 1 : remainder >> 1;
            }
        }

        return ~remainder;
    }

    private static (int Red, int Green, int Blue) Grey(int value) => (value, value, value);

    private static byte[] Pixels(Func<int, int, (int Red, int Green, int Blue)> color)
    {
        var pixels = new List<byte>();
        for (int index = 0; index < Height * Width; index++)
        {
            (int red, int green, int blue) = color(index % Width, index / Width);
            pixels.AddRange([(byte)red, (byte)green, (byte)blue]);
        }

        return [.. pixels];
    }
}
