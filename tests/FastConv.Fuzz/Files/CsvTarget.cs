using System.Text;
using FastConv.Data;

namespace FastConv.Fuzz.Files;

/// <summary>Samples of two values with their label in the first column.</summary>
internal sealed class CsvTarget() : FileTarget("csv", ",", "\n", "\r\n", "\"", "NaN", "1e999", "-0", "1e-45", "999999999999", "\uFEFF", ";", "\t", "+1", "0x1", "255", "\r", ".5", "Infinity")
{
    public override IEnumerable<byte[]> Seeds(Random random) =>
        ((string[])["label,a,b\n1,2,3\n0,0.5,-7e3\n", "1,2,3\r\n0,255,0\r\n", "\"1\",\"2\",3\n", ""]).Select(Encoding.UTF8.GetBytes);

    protected override string Read(string path)
    {
        CsvDataset dataset = CsvDataset.Load(path, 0, [2]);
        return DatasetContents.Read(dataset, dataset.ClassCount);
    }
}
