using FastConv.Imaging;

namespace FastConv.Fuzz.Files;

/// <summary>A folder a class: one file of it is the input, beside one that is right.</summary>
internal sealed class ImageFolderTarget() : FileTarget("image-folder", "IHDR", "IDAT", "IEND", "JFIF")
{
    public override IEnumerable<byte[]> Seeds(Random random) => ImageSeeds.All;

    protected override string Read(string path)
    {
        string root = path + ".classes";
        string folder = Directory.CreateDirectory(Path.Combine(root, "one")).FullName;
        File.Copy(path, Path.Combine(folder, "input.png"), overwrite: true);
        File.WriteAllBytes(Path.Combine(folder, "right.png"), ImageSeeds.All[0]);
        return DatasetContents.Read(ImageFolderDataset.Load(root, 4, 4, new ImageFolderOptions { MaxPixels = 1 << 16 }), 1);
    }
}
