using System.IO.Compression;
using FastConv.Data;

namespace FastConv.Fuzz.Files;

/// <summary>Images in IDX files, packed and not, beside labels that are right.</summary>
internal sealed class IdxTarget() : FileTarget("idx")
{
    public override IEnumerable<byte[]> Seeds(Random random)
    {
        byte[] images = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, .. new byte[24]];
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(images);
        }

        return [images, packed.ToArray(), [0, 0, 8, 1, 0, 0, 0, 2, 1, 0]];
    }

    protected override string Read(string path)
    {
        string right = path + ".right";
        File.WriteAllBytes(right, [0, 0, 8, 1, 0, 0, 0, 2, 1, 0]);
        string first = Outcome(() => IdxDataset.LoadFiles(path, right));
        File.WriteAllBytes(right, [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 7, 8]);
        return first + "; as labels " + Outcome(() => IdxDataset.LoadFiles(right, path));
    }

    // A file is either images or labels: what refuses it as one does not spare it the other.
    private static string Outcome(Func<IdxDataset> load)
    {
        try
        {
            IdxDataset dataset = load();
            return DatasetContents.Read(dataset, dataset.ClassCount);
        }
        catch (InvalidDataException refused)
        {
            return string.Concat(refused.Message.Where(letter => !char.IsDigit(letter)).SkipWhile(letter => letter != ':'));
        }
    }
}
