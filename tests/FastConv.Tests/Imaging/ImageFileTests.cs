using FastConv.Imaging;
using FastConv.Tensors;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Imaging;

public sealed class ImageFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Kinds => ImageFiles.Kinds;

    public void Dispose() => _folder.Dispose();

    [CodecTheory]
    [MemberData(nameof(Kinds))]
    public void Decodes_every_kind(string kind)
    {
        RgbImage image = ImageFile.Decode(ImageFiles.Bytes(kind), kind);
        Assert.Equal((ImageFiles.Width, ImageFiles.Height), (image.Width, image.Height));
        (byte[] expected, int tolerance) = ImageFiles.Decoded(kind);
        Assert.Equal(expected.Length, image.Pixels.Length);
        Assert.All(expected.Zip(image.Pixels.ToArray()), pair => Assert.InRange(pair.Second, pair.First - tolerance, pair.First + tolerance));
        Assert.Equal(image.Pixels.ToArray(), ImageFile.Decode(_folder.Write("any name", ImageFiles.Bytes(kind))).Pixels.ToArray());
    }

    // A file that is cut anywhere is refused or, where only what follows the picture is lost, decoded; it never ends the process.
    [CodecTheory]
    [MemberData(nameof(Kinds))]
    public void Cut_files_are_refused_with_their_name(string kind)
    {
        byte[] whole = ImageFiles.Bytes(kind);
        byte[] pixels = ImageFile.Decode(whole, kind).Pixels.ToArray();
        for (int length = 0; length < whole.Length; length++)
        {
            try
            {
                Assert.Equal(pixels, ImageFile.Decode(whole.AsSpan(0, length), "photo").Pixels.ToArray());
                Assert.InRange(length, whole.Length - 16, whole.Length);
            }
            catch (InvalidDataException exception)
            {
                Assert.StartsWith("photo: expected ", exception.Message, StringComparison.Ordinal);
            }
        }
    }

    [CodecTheory]
    [MemberData(nameof(Kinds))]
    public void Damaged_files_are_decoded_or_refused(string kind)
    {
        byte[] whole = ImageFiles.Bytes(kind);
        var random = new Random(1);
        for (int trial = 0; trial < 2000; trial++)
        {
            byte[] damaged = [.. whole];
            for (int change = 0; change <= trial % 4; change++)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            try
            {
                RgbImage image = ImageFile.Decode(damaged, "photo", maxPixels: 1 << 20);
                Assert.Equal(3 * image.Width * image.Height, image.Pixels.Length);
            }
            catch (InvalidDataException exception)
            {
                Assert.StartsWith("photo: expected ", exception.Message, StringComparison.Ordinal);
            }
        }
    }

    [CodecFact]
    public void Other_files_are_refused()
    {
        Assert.Equal(
            "photo: expected a JPEG or PNG file, received one that begins with 0x47494638.",
            Assert.Throws<InvalidDataException>(() => ImageFile.Decode("GIF89a"u8, "photo")).Message);
        string empty = _folder.Write("empty.png", "");
        Assert.StartsWith($"{empty}: expected a file of 1 to ", Assert.Throws<InvalidDataException>(() => ImageFile.Decode(empty)).Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => ImageFile.Decode(_folder["absent.png"]));
    }

    [CodecTheory]
    [InlineData("png colour")]
    [InlineData("jpeg colour")]
    public void More_pixels_than_allowed_are_refused(string kind)
    {
        _ = ImageFile.Decode(ImageFiles.Bytes(kind), "photo", maxPixels: 96);
        Assert.Contains(
            "expected at most 95 pixels, received 12 x 8",
            Assert.Throws<InvalidDataException>(() => ImageFile.Decode(ImageFiles.Bytes(kind), "photo", maxPixels: 95)).Message,
            StringComparison.Ordinal);
    }

    [CodecFact]
    public void A_header_that_promises_gigabytes_takes_no_memory()
    {
        // Behind the mark of the frame come a length of two bytes, the depth, and both sizes.
        byte[] bomb = ImageFiles.Bytes("jpeg colour");
        int sizes = bomb.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]) + 5;
        ((ReadOnlySpan<byte>)[0xFF, 0xDC, 0xFF, 0xDC]).CopyTo(bomb.AsSpan(sizes));
        Assert.Contains("received 65500 x 65500", Assert.Throws<InvalidDataException>(() => ImageFile.Decode(bomb, "photo")).Message, StringComparison.Ordinal);
    }

    // Some cameras write bytes between the picture and its end mark, and other programs read their files.
    [CodecFact]
    public void Bytes_before_the_end_mark_do_no_harm()
    {
        byte[] whole = ImageFiles.Bytes("jpeg colour");
        byte[] longer = [.. whole.AsSpan(0, whole.Length - 2), 0, 0, 0, 0, .. whole.AsSpan(whole.Length - 2)];
        Assert.Equal(ImageFile.Decode(whole, "photo").Pixels.ToArray(), ImageFile.Decode(longer, "photo").Pixels.ToArray());
    }

    [CodecFact]
    public void ToTensor_gives_planes_in_the_unit_interval()
    {
        string path = _folder.Write("photo.png", ImageFiles.Bytes("png colour"));
        Tensor tensor = ImageFile.ToTensor(path, ImageFiles.Height, ImageFiles.Width);
        Assert.Equal([3, ImageFiles.Height, ImageFiles.Width], tensor.Shape.Dimensions.ToArray());
        for (int y = 0; y < ImageFiles.Height; y++)
        {
            for (int x = 0; x < ImageFiles.Width; x++)
            {
                Assert.Equal([20 * x / 255f, 30 * y / 255f, (255 - 10 * x - 12 * y) / 255f], [tensor[0, y, x], tensor[1, y, x], tensor[2, y, x]]);
            }
        }

        Tensor grey = ImageFile.ToTensor(_folder.Write("grey.png", ImageFiles.Bytes("png grey")), ImageFiles.Height, ImageFiles.Width, channels: 1);
        Assert.Equal(MathF.Round(10 * 3 + 15 * 5) / 255f, grey[0, 5, 3]);
        Assert.Equal([1, ImageFiles.Height, ImageFiles.Width], grey.Shape.Dimensions.ToArray());
    }

    [CodecFact]
    public void ToTensor_resizes()
    {
        string path = _folder.Write("photo.jpg", ImageFiles.Bytes("jpeg grey"));
        Tensor tensor = ImageFile.ToTensor(path, 4, 6, channels: 1);

        // The middle of four pixels: 10 x + 15 y, blurred a little at the border by the triangle.
        Assert.InRange(tensor[0, 2, 3] * 255, 10 * 6.5f + 15 * 4.5f - 3, 10 * 6.5f + 15 * 4.5f + 3);
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageFile.ToTensor(path, 0, 6));
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageFile.ToTensor(path, 4, 6, channels: 2));
    }
}
