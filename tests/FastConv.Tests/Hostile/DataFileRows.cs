using FastConv.Data;
using FastConv.Shapes;
using static FastConv.Tests.Hostile.HostileRow;
using static FastConv.Tests.Hostile.HostileWeakness;

namespace FastConv.Tests.Hostile;

/// <summary>Crafted IDX, CSV and CIFAR-10 files.</summary>
internal static class DataFileRows
{
    private const string IdxFiles = "IdxDataset.LoadFiles";
    private const string Cifar = "Cifar10Dataset.LoadFiles";
    private const string Csv = "CsvDataset.Load";

    private static readonly TensorShape Pair = [2];

    public static HostileRow[] All =>
    [
        Argument("IdxDataset.Load", "a split that there is not", "expected the split 'train' or 'test', received '../test'", call => IdxDataset.Load(call.Folder.Path, "../test"), Links),
        Refused<DirectoryNotFoundException>("IdxDataset.Load", "a folder that there is not", "there is no such folder", call => IdxDataset.Load(call.Folder["absent"], "train")),
        Refused<FileNotFoundException>("IdxDataset.Load", "an empty folder", "found neither", call => IdxDataset.Load(call.Folder.Path, "train")),
        File(IdxFiles, "images cut at every byte", "images", call => AllRefused.WhenCut(call, Cases.IdxFiles.Images(2, 2, 2), "images", path => IdxDataset.LoadFiles(path, Labels(call)), 24), Lying),
        File(IdxFiles, "labels cut at every byte", "labels", call => AllRefused.WhenCut(call, Cases.IdxFiles.Labels(0, 1), "labels", path => IdxDataset.LoadFiles(Images(call), path), 10), Lying),
        File(IdxFiles, "a gzip file cut at every byte", "images", call => AllRefused.WhenCut(call, Cases.IdxFiles.Gzip(Cases.IdxFiles.Images(2, 2, 2)), "images.gz", path => IdxDataset.LoadFiles(path, Labels(call)), Cases.IdxFiles.Gzip(Cases.IdxFiles.Images(2, 2, 2)).Length), Lying),
        File(IdxFiles, "another magic number", "magic number", call => Idx(call, 0x1234, [2, 2, 2], 8), Lying),
        File(IdxFiles, "a count of 0", "number of images", call => Idx(call, Cases.IdxFiles.ImagesMagic, [0, 2, 2], 0), ZeroDivisor),
        File(IdxFiles, "a height of 2^31", "a number in [1, 2147483647]", call => Idx(call, Cases.IdxFiles.ImagesMagic, [2, 1u << 31, 2], 8), Negative),
        File(IdxFiles, "sizes whose product is 2^63", "at most", call => Idx(call, Cases.IdxFiles.ImagesMagic, [2, int.MaxValue, int.MaxValue], 8), Overflow),
        File(IdxFiles, "a header that promises a gigabyte", "expected 1073741824 bytes", call => Idx(call, Cases.IdxFiles.ImagesMagic, [2, 1 << 14, 1 << 15], 8), Unbounded),
        File(IdxFiles, "bytes behind the images", "nothing after", call => Idx(call, Cases.IdxFiles.ImagesMagic, [2, 2, 2], 9), Lying),
        File(IdxFiles, "labels of another count", "expected", call => IdxDataset.LoadFiles(Images(call), call.Folder.Write("labels", Cases.IdxFiles.Labels(0))), Lying),
        File(IdxFiles, "a label above the classes", "a class below 1", call => IdxDataset.LoadFiles(Images(call), Labels(call), classCount: 1), BadIndex),
        Range("IdxDataset.Read", "an index behind the last sample", "received 2", call => IdxDataset.LoadFiles(Images(call), Labels(call)).Read(2, call.Output(4), out int _), BadIndex),
        Argument("Cifar10Dataset.Load", "a split that there is not", "expected the split 'train' or 'test'", call => Cifar10Dataset.Load(call.Folder.Path, ".."), Links),
        Refused<FileNotFoundException>("Cifar10Dataset.Load", "an empty folder", "found none", call => Cifar10Dataset.Load(call.Folder.Path, "train")),
        Argument(Cifar, "no file", "expected at least one file, received none", _ => Cifar10Dataset.LoadFiles([])),
        File(Cifar, "an empty file", "", call => Cifar10Dataset.LoadFiles([call.Folder.Write("batch.bin", [])]), Lying),
        File(Cifar, "a record one byte too short", "record 1 at offset 3073: expected 3073 bytes, received 3072", call => Cifar10Dataset.LoadFiles([call.Folder.Write("batch.bin", new byte[6145])]), Lying),
        File(Cifar, "a label of 10", "label at offset 0: expected a class in [0, 10), received 10", call => CifarLabel(call, 10), BadIndex),
        Range("Cifar10Dataset.Read", "an index of -1", "received -1", call => Cifar10Dataset.LoadFiles([call.Folder.Write("batch.bin", new byte[3073])]).Read(-1, call.Output(3072), out int _), BadIndex),
        File(Csv, "an empty file", "expected at least one row of numbers, received none", call => Rows(call, ""), Lying),
        File(Csv, "a row one column too short", "row 2, column 3: expected 3 columns, received 2", call => Rows(call, "1,2,0\n1,2\n"), Lying),
        File(Csv, "a row one column too long", "expected 3 columns, received more", call => Rows(call, "1,2,0,5\n"), Lying),
        File(Csv, "NaN as a value", "expected a finite number, received 'NaN'", call => Rows(call, "1,NaN,0\n"), NotFinite),
        File(Csv, "a number beyond float", "expected a finite number, received '1e999'", call => Rows(call, "1,1e999,0\n"), NotFinite),
        File(Csv, "a label of -1", "expected a non-negative integer, received -1", call => Rows(call, "1,2,-1\n"), BadIndex),
        File(Csv, "a label of 2^31", "expected a non-negative integer", call => Rows(call, "1,2,2147483648\n"), Overflow),
        File(Csv, "a label above the classes", "a class in [0, 2), received 2", call => Rows(call, "1,2,2\n", classCount: 2), BadIndex),
        File(Csv, "a megabyte without a comma", "expected a finite number", call => Rows(call, "1," + new string('9', 1 << 20) + ",0\n"), Unbounded),
        File(Csv, "bytes that are no text", "expected a finite number", call => Rows(call, "1,\0\ufffd,0\n"), Lying),
        File(Csv, "an empty row in the middle", "an empty row before the end of the file", call => Rows(call, "1,2,0\n\n1,2,0\n"), Lying),
        Range(Csv, "a label's column that there is not", "expected one of 3 columns", call => CsvDataset.Load(call.Folder.Write("data.csv", "1,2,0\n"), ^9, Pair), BadIndex),
        File(Csv, "labels of another count", "expected 1 labels", call => CsvDataset.Load(call.Folder.Write("images.csv", "1,2\n"), call.Folder.Write("labels.csv", "0\n1\n"), Pair), Lying),
        Argument("CsvDataset.Read", "a sample one too long", "received a span of 3", call => CsvDataset.Load(call.Folder.Write("data.csv", "1,2,0\n"), ^1, Pair).Read(0, call.Output(3), out int _), ShortBuffer),
    ];

    private static string Images(HostileCall call) => call.Folder.Write("images.idx", Cases.IdxFiles.Images(2, 2, 2));

    private static string Labels(HostileCall call) => call.Folder.Write("labels.idx", Cases.IdxFiles.Labels(0, 1));

    private static void Idx(HostileCall call, uint magic, uint[] sizes, int bytes) =>
        IdxDataset.LoadFiles(call.Folder.Write("images", Cases.IdxFiles.File(magic, sizes, new byte[bytes])), Labels(call));

    private static void CifarLabel(HostileCall call, byte label)
    {
        byte[] record = new byte[3073];
        record[0] = label;
        Cifar10Dataset.LoadFiles([call.Folder.Write("batch.bin", record)]);
    }

    private static void Rows(HostileCall call, string text, int? classCount = null) => CsvDataset.Load(call.Folder.Write("data.csv", text), ^1, Pair, classCount);
}
