using System.Text;
using FastConv.Interchange;
using FastConv.Layers;

namespace FastConv.Fuzz.Files;

/// <summary>All tensors of a file, and the file as the state of a model.</summary>
internal sealed class SafetensorsTarget() : FileTarget(
    "safetensors", "\"dtype\":\"F32\"", "\"F16\"", "\"BF16\"", "\"BOOL\"", "\"I64\"", "\"U8\"", "\"F8_E4M3\"", "\"shape\":[]", "\"data_offsets\":[0,0]", "__metadata__", "{", "}", "[", "]", ",", ":", "-1", "1e3", "0",
    "18446744073709551616", "\\u0000", "\"", " ", "null", "true")
{
    public override IEnumerable<byte[]> Seeds(Random random)
    {
        string path = Path.GetTempFileName();
        Layer model = new Sequential(new Conv2d(1, 2, kernelSize: 2), new BatchNorm2d(2));
        model.Initialize(1);
        model.SaveSafetensors(path);
        byte[] whole = File.ReadAllBytes(path);
        const string Header = """
            {"__metadata__":{"a":"b"},"h":{"dtype":"F16","shape":[2],"data_offsets":[0,4]},"d":{"dtype":"F64","shape":[1,1],"data_offsets":[4,12]},"q":{"dtype":"BOOL","shape":[],"data_offsets":[12,13]}}
            """;
        File.Delete(path);
        return [whole, [.. BitConverter.GetBytes((long)Header.Length), .. Encoding.UTF8.GetBytes(Header), .. new byte[13]]];
    }

    protected override string Read(string path)
    {
        int elements = 0;
        using (SafetensorsFile file = SafetensorsFile.Open(path))
        {
            foreach (SafetensorsTensor tensor in file.Tensors)
            {
                float[] values = new float[checked((int)tensor.Count)];
                file.Read(tensor, values);
                elements += values.Length;
            }
        }

        var model = new Sequential(new Conv2d(1, 2, kernelSize: 2), new BatchNorm2d(2));
        model.LoadSafetensors(path, strict: false);
        return $"read, {Math.Min(elements, 3)} elements or more";
    }
}
