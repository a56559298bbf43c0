using FastConv.Data;

namespace FastConv.Fuzz.Files;

/// <summary>Records of a label and 3072 bytes.</summary>
internal sealed class CifarTarget() : FileTarget("cifar")
{
    private const int Record = 3073;

    public override IEnumerable<byte[]> Seeds(Random random) => [new byte[Record], new byte[2 * Record], [9, .. new byte[Record - 1]], []];

    protected override string Read(string path) => DatasetContents.Read(Cifar10Dataset.LoadFiles(path), 10);
}
