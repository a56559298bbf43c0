using FastConv.Interchange;
using FastConv.Layers;
using FastConv.Optimizers;
using FastConv.Tensors;
using FastConv.Tests.Cases;
using FastConv.Training;
using static FastConv.Tests.Hostile.HostileRow;
using static FastConv.Tests.Hostile.HostileWeakness;

namespace FastConv.Tests.Hostile;

/// <summary>Crafted safetensors files and checkpoints: nothing of a refused file reaches the model.</summary>
internal static class SafetensorsRows
{
    private const string Open = "SafetensorsFile.Open";
    private const string Load = "LayerSafetensors.LoadSafetensors";
    private const string Scalar = "\"x\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}";
    private const string Storage = $"{Lying}: PyTorch's unpickler, sizes of storage (CVE-2026-24747)";
    private const string Code = "CWE-502: PyTorch torch.load (CVE-2025-32434)";

    public static HostileRow[] All =>
    [
        File(Open, "a file cut at every byte of its header and data", "", call => AllRefused.WhenCut(call, Whole(), "cut.safetensors", Read, Whole().Length), Storage),
        File(Open, "a pickle", "header length", call => Read(call, [0x80, 2, 0x63, 0x6F, 0x73, 0x0A, 0x73, 0x79, 0x73, 0x74, 0x65, 0x6D]), Code),
        File(Open, "a header length of 2^64 - 1", "header length: expected at most", call => Read(call, [255, 255, 255, 255, 255, 255, 255, 255, (byte)'{']), Overflow),
        File(Open, "a header that promises 99 MB", "that follow", call => Read(call, [0, 0, 0xE0, 5, 0, 0, 0, 0, (byte)'{', (byte)'}']), Unbounded),
        File(Open, "a header that is no JSON", "expected JSON", call => Header(call, "{\"x\":}"), Lying),
        File(Open, "a header that is an array", "expected to begin with '{'", call => Header(call, "[1]"), Lying),
        File(Open, "a header of bytes that are no UTF-8", "expected UTF-8", call => Read(call, SafetensorsBytes.Of([(byte)'{', 255, (byte)'}'], [])), Lying),
        File(Open, "nesting 100000 levels deep", "expected JSON", call => Header(call, "{\"x\":{\"dtype\":\"F32\",\"shape\":" + new string('[', 100_000)), Nesting),
        File(Open, "a name twice", "expected every key once, received it twice", call => Header(call, $"{{{Scalar},{Scalar}}}", 4), Duplicate),
        File(Open, "a name twice, once with an escape", "expected every key once, received it twice", call => Header(call, $"{{{Scalar},{Scalar.Replace("\"x\"", "\"\\u0078\"", StringComparison.Ordinal)}}}", 4), Duplicate),
        File(Open, "a field twice", "each once, received 'dtype'", call => Header(call, "{\"x\":{\"dtype\":\"F32\",\"dtype\":\"F32\"}}"), Duplicate),
        File(Open, "metadata twice", "expected every key once", call => Header(call, "{\"__metadata__\":{},\"__metadata__\":{}}"), Duplicate),
        File(Open, "metadata that is no text", "expected a string", call => Header(call, "{\"__metadata__\":{\"a\":1}}"), Lying),
        File(Open, "a negative size", "expected whole numbers from 0", call => Entry(call, "F32", "[-1]", "[0,4]"), Negative),
        File(Open, "a size of 1e3", "expected whole numbers from 0", call => Entry(call, "F32", "[1e3]", "[0,4000]"), Lying),
        File(Open, "sizes whose product is beyond 2^63", "beyond 2^63 bytes", call => Entry(call, "F32", "[9223372036854775807,9223372036854775807,0]", "[0,0]"), Overflow),
        File(Open, "an end before the beginning", "expected begin and end in this order", call => Entry(call, "F32", "[1]", "[4,0]"), Storage),
        File(Open, "offsets that are not as long as the shape says", "expected 8 bytes for F32 [2], received 4", call => Entry(call, "F32", "[2]", "[0,4]"), Storage),
        File(Open, "an end near 2^63", "", call => Entry(call, "U8", "[9223372036854775807]", "[0,9223372036854775807]"), Overflow),
        File(Open, "a type that there is not", "expected one of", call => Entry(call, "F33", "[1]", "[0,4]"), Enumeration),
        File(Open, "two tensors that overlap", "expected to begin at", call => Header(call, $"{{{Scalar},{Scalar.Replace("\"x\"", "\"y\"", StringComparison.Ordinal)}}}", 8), Storage),
        File(Open, "a hole between two tensors", "expected to begin at", call => Header(call, "{" + Scalar + ",\"y\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[8,12]}}", 12), Storage),
        File(Open, "bytes behind the last tensor", "expected 4 bytes, as the tensors have, received 5", call => Header(call, "{" + Scalar + "}", 5), Storage),
        File(Open, "a name of a megabyte, twice", "...", call => Header(call, $"{{\"{new string('n', 1 << 20)}\":{{}},\"{new string('n', 1 << 20)}\":{{}}}}"), Unbounded),
        Refused<FileNotFoundException>(Open, "a file that there is not", "absent", call => SafetensorsFile.Open(call.Folder["absent"])),
        Refused<UnauthorizedAccessException>(Open, "a folder", "", call => SafetensorsFile.Open(call.Folder.Path), Links),
        Refused<IOException>(Open, "a link that leads to itself", "", call => SafetensorsFile.Open(Loop(call)), Links),
        Argument("SafetensorsFile.Read", "room for too few values", "'x' has 1 elements, received room for 0", call => { using SafetensorsFile file = OpenScalar(call); file.Read(file.Tensors[0], []); }, ShortBuffer),
        Refused<ObjectDisposedException>("SafetensorsFile.Read", "a file that is closed", "", call => { SafetensorsFile file = OpenScalar(call); file.Dispose(); file.Read(file.Tensors[0], call.Output(1)); }, WrongOrder),
        Missing("SafetensorsFile.TryFind", "no name", "key", call => { using SafetensorsFile file = OpenScalar(call); file.TryFind(null!, out SafetensorsTensor? _); }),
        Missing(Load, "no model", "model", call => LayerSafetensors.LoadSafetensors(null!, call.Folder["absent"])),
        File(Load, "a tensor of another shape", "", call => Unchanged(call, "[3]", 12), Storage),
        File(Load, "a weight of NaN is loaded, one of another type is not", "expected real numbers", call => Unchanged(call, "[2]", 2, "F8_E5M2"), Lying),
        Missing("LayerSafetensors.SaveSafetensors", "no model", "model", call => LayerSafetensors.SaveSafetensors(null!, call.Folder["out"])),
        Refused<DirectoryNotFoundException>("LayerSafetensors.SaveSafetensors", "a folder that there is not", "absent", call => new ScaleLayer().SaveSafetensors(Path.Combine(call.Folder["absent"], "out"))),
        Argument("SafetensorsWriter.Add", "a name twice", "expects every name once", _ => { var writer = new SafetensorsWriter(); writer.Add("x", new Tensor(1)); writer.Add("x", new Tensor(1)); }, Duplicate),
        Argument("SafetensorsWriter.Add", "the name of the metadata", "none to be __metadata__", _ => new SafetensorsWriter().Add("__metadata__", new Tensor(1)), Duplicate),
        Argument("SafetensorsWriter.Add", "a type that is not written", "expects F32 or I64, received F16", _ => new SafetensorsWriter().Add("x", new Tensor(1), SafetensorsDType.F16), Enumeration),
        Argument("SafetensorsWriter.Save", "an empty path", "path", _ => new SafetensorsWriter().Save("")),
        Missing("SafetensorsWriter.Write", "no stream", "stream", _ => new SafetensorsWriter().Write(null!)),
        Missing("new TrainingCheckpoint", "no model", "model", call => _ = new TrainingCheckpoint(null!, new Sgd(new ScaleLayer().Parameters))),
        File("TrainingCheckpoint.Load", "a checkpoint cut at every byte", "", call => AllRefused.WhenCut(call, Checkpoint(call), "cut", path => NewCheckpoint().Load(path), Checkpoint(call).Length), Storage),
        File("TrainingCheckpoint.Load", "weights that are no checkpoint", "", call => NewCheckpoint().Load(Saved(call)), Lying),
        Refused<DirectoryNotFoundException>("TrainingCheckpoint.Save", "a folder that there is not", "absent", call => NewCheckpoint().Save(Path.Combine(call.Folder["absent"], "out"))),
        Range("TrainingCheckpoint.Epoch", "0", "value", _ => NewCheckpoint().Epoch = 0, Negative),
        Range("TrainingCheckpoint.EpochStep", "-1", "value", _ => NewCheckpoint().EpochStep = -1, Negative),
        Range("TrainingCheckpoint.Step", "-1", "value", _ => NewCheckpoint().Step = -1, Negative),
    ];

    private static byte[] Whole() => SafetensorsBytes.Of("{" + Scalar + "}", 4);

    private static void Read(string path)
    {
        using SafetensorsFile _ = SafetensorsFile.Open(path);
    }

    private static void Read(HostileCall call, byte[] bytes) => Read(call.Folder.Write("x.safetensors", bytes));

    private static void Header(HostileCall call, string header, int data = 0) => Read(call, SafetensorsBytes.Of(header, data));

    private static void Entry(HostileCall call, string type, string shape, string offsets) =>
        Header(call, $"{{\"x\":{{\"dtype\":\"{type}\",\"shape\":{shape},\"data_offsets\":{offsets}}}}}", 4);

    private static SafetensorsFile OpenScalar(HostileCall call) => SafetensorsFile.Open(call.Folder.Write("x.safetensors", Whole()));

    private static string Loop(HostileCall call)
    {
        System.IO.File.CreateSymbolicLink(call.Folder["a"], call.Folder["b"]);
        System.IO.File.CreateSymbolicLink(call.Folder["b"], call.Folder["a"]);
        return call.Folder["a"];
    }

    // BatchNorm1d(2): a file with one fitting tensor and one that is refused leaves all four as they were.
    private static void Unchanged(HostileCall call, string shape, int bytes, string type = "F32")
    {
        var layer = new BatchNorm1d(2);
        string fitting = "\"running_mean\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"running_var\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,16]},"
            + "\"weight\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[16,24]},\"num_batches_tracked\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[24,28]}";
        string bias = $"\"bias\":{{\"dtype\":\"{type}\",\"shape\":{shape},\"data_offsets\":[28,{28 + bytes}]}}";
        try
        {
            layer.LoadSafetensors(call.Folder.Write("x.safetensors", SafetensorsBytes.Of($"{{{fitting},{bias}}}", 28 + bytes)));
        }
        finally
        {
            Assert.Equal([1, 1], layer.RunningVariance.Span.ToArray());
        }
    }

    private static TrainingCheckpoint NewCheckpoint()
    {
        var layer = new ScaleLayer();
        return new TrainingCheckpoint(layer, new Sgd(layer.Parameters));
    }

    private static byte[] Checkpoint(HostileCall call)
    {
        NewCheckpoint().Save(call.Folder["whole"]);
        return System.IO.File.ReadAllBytes(call.Folder["whole"]);
    }

    private static string Saved(HostileCall call)
    {
        new ScaleLayer().SaveSafetensors(call.Folder["weights"]);
        return call.Folder["weights"];
    }
}
