using FastConv.Imaging;
using FastConv.Tests.Cases;
using static FastConv.Tests.Hostile.HostileRow;
using static FastConv.Tests.Hostile.HostileWeakness;

namespace FastConv.Tests.Hostile;

/// <summary>Crafted JPEG and PNG files, and folders with tricks in them.</summary>
internal static class ImageRows
{
    private const string Decode = "ImageFile.Decode";
    private const string Folder = "ImageFolderDataset.Load";

    public static HostileRow[] All { get; } =
    [
        .. from kind in (string[])["jpeg colour", "png colour"]
           from row in Damaged(kind)
           select row,
        File(Decode, "neither JPEG nor PNG", "expected a JPEG or PNG file, received one that begins with 0x474946", _ => ImageFile.Decode([0x47, 0x49, 0x46, 0x38], "photo"), Lying),
        File(Decode, "no byte", "expected a JPEG or PNG file", _ => ImageFile.Decode([], "photo"), Lying),
        File(Decode, "a JPEG header that promises 4.3 gigapixels", "expected at most 67108864 pixels, received 65500 x 65500", _ => ImageFile.Decode(JpegBomb(), "photo"), Bomb),
        File(Decode, "a PNG header that promises 2^62 pixels", "", _ => ImageFile.Decode(PngBomb(int.MaxValue, int.MaxValue), "photo"), Bomb),
        File(Decode, "a PNG header of 900000 x 900000 pixels", "", _ => ImageFile.Decode(PngBomb(900_000, 900_000), "photo"), Bomb),
        File(Decode, "a PNG of 0 pixels", "", _ => ImageFile.Decode(PngBomb(0, 8), "photo"), ZeroDivisor),
        File(Decode, "a PNG chunk of 2^32 - 1 bytes", "", _ => ImageFile.Decode(LongChunk(), "photo"), Overflow),
        File(Decode, "an empty file", "expected a file of 1 to", call => ImageFile.Decode(call.Folder.Write("a.png", [])), Lying),
        Argument(Decode, "an empty path", "path", _ => ImageFile.Decode("")),
        File(Decode, "fewer pixels allowed than there are", "expected at most 95 pixels, received 12 x 8", _ => ImageFile.Decode(ImageFiles.Bytes("png colour"), "photo", maxPixels: 95), Bomb),
        File(Decode, "-1 pixels allowed", "expected at most -1 pixels", _ => ImageFile.Decode(ImageFiles.Bytes("png colour"), "photo", maxPixels: -1), Negative),
        Refused<IOException>(Decode, "a link that leads to itself", "", call => ImageFile.Decode(Loop(call)), Links),
        Defined("ImageFile.HasImageExtension", "a path that is only an ending", "an answer", _ => Assert.True(ImageFile.HasImageExtension("../../.png"))),
        Range("ImageFile.ToTensor", "height 0", "height", call => ImageFile.ToTensor(Photo(call), 0, 4), ZeroDivisor),
        Range("ImageFile.ToTensor", "2 channels", "expected 1 or 3 channels, received 2", call => ImageFile.ToTensor(Photo(call), 4, 4, channels: 2), Enumeration),
        Argument("ImageFile.ToTensor", "a size of 2^62 pixels", "more elements than one array can hold", call => ImageFile.ToTensor(Photo(call), int.MaxValue, int.MaxValue), Overflow),
        Refused<DirectoryNotFoundException>(Folder, "a folder that there is not", "there is no such folder", call => ImageFolderDataset.Load(call.Folder["absent"], 4, 4)),
        File(Folder, "no class", "expected one folder a class, received none", call => ImageFolderDataset.Load(call.Folder.Path, 4, 4)),
        File(Folder, "a class of damaged images alone", "expected at least one intact image, received none", call => ImageFolderDataset.Load(Classes(call, [1, 2, 3]), 4, 4), Lying),
        File("ImageFolderOptions.Strict", "one damaged image", "expected a JPEG or PNG file", call => ImageFolderDataset.Load(Classes(call, [1, 2, 3], withPhoto: true), 4, 4, new() { Strict = true }), Lying),
        Range("ImageFolderOptions.CacheBytes", "-1", "CacheBytes", call => ImageFolderDataset.Load(Classes(call, [], withPhoto: true), 4, 4, new() { CacheBytes = -1 }), Negative),
        Range("ImageFolderOptions.MaxPixels", "0", "MaxPixels", call => ImageFolderDataset.Load(Classes(call, [], withPhoto: true), 4, 4, new() { MaxPixels = 0 }), Negative),
        Range("ImageFolderOptions.Channels", "4", "expected 1 or 3 channels, received 4", call => ImageFolderDataset.Load(Classes(call, [], withPhoto: true), 4, 4, new() { Channels = 4 }), Enumeration),
        Defined(Folder, "a folder that links to its own parent, and a pipe named as an image", "one sample; the link is not followed, the pipe not opened", AssertTricksAreSkipped, Links),
        Range("ImageFolderDataset.Read", "an index behind the last sample", "received 1", call => ImageFolderDataset.Load(Classes(call, [], withPhoto: true), 4, 4).Read(1, call.Output(48), out int _), BadIndex),
    ];

    private static HostileRow[] Damaged(string kind)
    {
        string format = kind[..kind.IndexOf(' ', StringComparison.Ordinal)].ToUpperInvariant();
        return
        [
            File(Decode, $"a {format} file cut at every byte", "", _ => AllRefused.With<InvalidDataException>(Cut(kind)), Lying),
            Defined(Decode, $"a {format} file with each byte turned", "an image of the size in the header, or InvalidDataException", _ => TurnEachByte(kind), ShortBuffer),
        ];
    }

    private static IEnumerable<Action> Cut(string kind)
    {
        byte[] whole = ImageFiles.Bytes(kind);

        // The last two bytes of a JPEG file are its end mark, the last twelve of a PNG file its end chunk.
        int needed = whole.Length - (kind.StartsWith("png", StringComparison.Ordinal) ? 12 : 2);
        return Enumerable.Range(0, needed).Select(length => (Action)(() => ImageFile.Decode(whole.AsSpan(0, length), "photo")));
    }

    private static void TurnEachByte(string kind)
    {
        for (int index = 0; index < ImageFiles.Bytes(kind).Length; index++)
        {
            byte[] damaged = ImageFiles.Bytes(kind);
            damaged[index] ^= 0xFF;
            try
            {
                RgbImage image = ImageFile.Decode(damaged, "photo", maxPixels: 1 << 20);
                Assert.Equal(image.Height * image.Width * 3, image.Pixels.Length);
            }
            catch (InvalidDataException)
            {
                // The other defined end.
            }
        }
    }

    // Behind the mark of the frame come a length of two bytes, the depth, and both sizes.
    private static byte[] JpegBomb()
    {
        byte[] bomb = ImageFiles.Bytes("jpeg colour");
        int sizes = bomb.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]) + 5;
        ((ReadOnlySpan<byte>)[0xFF, 0xDC, 0xFF, 0xDC]).CopyTo(bomb.AsSpan(sizes));
        return bomb;
    }

    // Width and height are the first two numbers of the first chunk, which begins after the signature of eight bytes.
    private static byte[] PngBomb(int width, int height)
    {
        byte[] bomb = ImageFiles.Bytes("png colour");
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bomb.AsSpan(16), width);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bomb.AsSpan(20), height);
        ImageFiles.RepairChecksums(bomb);
        return bomb;
    }

    private static byte[] LongChunk()
    {
        byte[] bytes = ImageFiles.Bytes("png colour");
        bytes.AsSpan(33, 4).Fill(0xFF);
        return bytes;
    }

    private static string Photo(HostileCall call) => call.Folder.Write("photo.png", ImageFiles.Bytes("png colour"));

    private static string Loop(HostileCall call)
    {
        System.IO.File.CreateSymbolicLink(call.Folder["a.png"], call.Folder["b.png"]);
        System.IO.File.CreateSymbolicLink(call.Folder["b.png"], call.Folder["a.png"]);
        return call.Folder["a.png"];
    }

    private static string Classes(HostileCall call, byte[] damaged, bool withPhoto = false)
    {
        Directory.CreateDirectory(call.Folder["cat"]);
        if (damaged.Length > 0)
        {
            call.Folder.Write(System.IO.Path.Combine("cat", "damaged.png"), damaged);
        }

        if (withPhoto)
        {
            call.Folder.Write(System.IO.Path.Combine("cat", "photo.png"), ImageFiles.Bytes("png colour"));
        }

        return call.Folder.Path;
    }

    private static void AssertTricksAreSkipped(HostileCall call)
    {
        string folder = Classes(call, [], withPhoto: true);
        Directory.CreateSymbolicLink(System.IO.Path.Combine(folder, "cat", "loop"), folder);
        if (!OperatingSystem.IsWindows())
        {
            using var process = System.Diagnostics.Process.Start("mkfifo", System.IO.Path.Combine(folder, "cat", "pipe.png"));
            process.WaitForExit();
        }

        Assert.Equal(1, ImageFolderDataset.Load(folder, 4, 4).Count);
    }
}
