using System.Globalization;
using FastConv.Interchange;
using FastConv.Layers;
using FastConv.Tensors;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Interchange;

public sealed class LayerSafetensorsTests : IDisposable
{
    // The format in a few lines, so that the test needs no package but torch.
    private const string Format = """
        import json, struct, sys, torch
        TYPES = {"F32": torch.float32, "I64": torch.int64, "F16": torch.float16, "BF16": torch.bfloat16}
        def load(path):
            raw = bytearray(open(path, "rb").read())
            n = struct.unpack("<Q", raw[:8])[0]
            header = json.loads(raw[8:8 + n])
            header.pop("__metadata__", None)
            return {k: torch.frombuffer(raw[8 + n + v["data_offsets"][0]:8 + n + v["data_offsets"][1]], dtype=TYPES[v["dtype"]]).reshape(v["shape"]) for k, v in header.items()}
        def save(path, state):
            header, data = {}, b""
            for k, v in state.items():
                raw = bytes(v.contiguous().flatten().view(torch.uint8).tolist())
                header[k] = {"dtype": [n for n, t in TYPES.items() if t == v.dtype][0], "shape": list(v.shape), "data_offsets": [len(data), len(data) + len(raw)]}
                data += raw
            text = json.dumps(header).encode()
            open(path, "wb").write(struct.pack("<Q", len(text)) + text + data)
        nn = torch.nn
        model = nn.Sequential(nn.Conv2d(2, 3, 3, padding=1, bias=False), nn.BatchNorm2d(3), nn.ReLU(), nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4)), nn.Flatten(), nn.Linear(4 * 16, 5))
        x = torch.arange(2 * 2 * 36, dtype=torch.float32).reshape(2, 2, 6, 6) / 100 - 0.5

        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TorchFact]
    public void What_is_saved_here_loads_in_torch_and_computes_the_same()
    {
        Sequential model = Model(seed: 3);
        model.Forward(Input());
        model.SaveSafetensors(_folder["model"]);
        string output = PythonRun.Output(
            Format + """
            state = load(sys.argv[1])
            assert list(sorted(state)) == list(sorted(model.state_dict())), state.keys()
            model.load_state_dict(state)
            assert model[1].num_batches_tracked.dtype == torch.int64 and model[1].num_batches_tracked.item() == 1
            model.eval()
            print(*[repr(v) for v in model(x).flatten().tolist()])
            """,
            _folder["model"]);
        AssertClose(output, model.Predict(Input()));
    }

    [TorchFact]
    public void What_torch_saves_loads_here_and_computes_the_same()
    {
        string output = PythonRun.Output(
            Format + """
            for _ in range(3): model(x * 1.5)
            model[0].weight.data = model[0].weight.data.to(torch.bfloat16).to(torch.float32)
            model[5].bias.data = model[5].bias.data.to(torch.float16).to(torch.float32)
            state = dict(model.state_dict())
            state["0.weight"] = state["0.weight"].to(torch.bfloat16)
            state["5.bias"] = state["5.bias"].to(torch.float16)
            save(sys.argv[1], state)
            model.eval()
            print(*[repr(v) for v in model(x).flatten().tolist()])
            """,
            _folder["torch"]);
        Sequential model = Model(seed: 4);
        Assert.True(model.LoadSafetensors(_folder["torch"]).IsEmpty);
        Assert.Equal(3, ((BatchNorm2d)model[1]).BatchesTracked[[]]);
        AssertClose(output, model.Predict(Input()));
    }

    // What PyTorch's state_dict of Sequential(Linear(2, 1), BatchNorm1d(1)) is in the format.
    [Fact]
    public void Stored_bytes_are_read_and_written_again()
    {
        const string Header = """{"1.num_batches_tracked":{"dtype":"I64","shape":[],"data_offsets":[0,8]},"0.weight":{"dtype":"F32","shape":[1,2],"data_offsets":[8,16]},"0.bias":{"dtype":"F32","shape":[1],"data_offsets":[16,20]},"1.weight":{"dtype":"F32","shape":[1],"data_offsets":[20,24]},"1.bias":{"dtype":"F32","shape":[1],"data_offsets":[24,28]},"1.running_mean":{"dtype":"F32","shape":[1],"data_offsets":[28,32]},"1.running_var":{"dtype":"F32","shape":[1],"data_offsets":[32,36]}}""";
        byte[] data = Convert.FromHexString("0900000000000000" + "0000C03F" + "000020C0" + "0000003F" + "00004040" + "000080BF" + "CDCC4C3E" + "00000040");
        string path = _folder.Write("golden", SafetensorsBytes.Of(System.Text.Encoding.UTF8.GetBytes(Header), data));
        var model = new Sequential(new Linear(2, 1), new BatchNorm1d(1));
        Assert.True(model.LoadSafetensors(path).IsEmpty);
        Assert.Equal([1.5f, -2.5f, 0.5f, 3, -1, 0.2f, 2, 9], model.State.SelectMany(entry => entry.Value.Values.ToArray()));

        model.SaveSafetensors(_folder["again"]);
        byte[] again = File.ReadAllBytes(_folder["again"]);
        Assert.Equal(data, again[^data.Length..]);
        using SafetensorsFile golden = SafetensorsFile.Open(path);
        using SafetensorsFile file = SafetensorsFile.Open(_folder["again"]);
        Assert.Equal(golden.Tensors.Select(tensor => tensor.ToString()), file.Tensors.Select(tensor => tensor.ToString()));
        Assert.Equal("pt", file.Metadata["format"]);
    }

    [Fact]
    public void Every_layer_with_state_comes_back()
    {
        Sequential model = Model(seed: 1);
        model.Forward(Input());
        Tensor expected = model.Predict(Input());
        model.SaveSafetensors(_folder["model"]);
        Sequential other = Model(seed: 2);
        other.LoadSafetensors(_folder["model"]);
        TestTensors.AssertSameBits(expected.Values, other.Predict(Input()).Values);
        Assert.Equal(model.State.SelectMany(entry => entry.Value.Values.ToArray()), other.State.SelectMany(entry => entry.Value.Values.ToArray()));
    }

    [Fact]
    public void Weights_that_prediction_has_packed_are_packed_again()
    {
        Sequential model = Model(seed: 1);
        model.SaveSafetensors(_folder["model"]);
        Sequential other = Model(seed: 2);
        other.Predict(Input());
        other.LoadSafetensors(_folder["model"]);
        TestTensors.AssertSameBits(model.Predict(Input()).Values, other.Predict(Input()).Values);
    }

    [Fact]
    public void A_strict_load_names_all_differences_and_changes_nothing()
    {
        var saved = new Sequential(new Linear(3, 4), new ReLU(), new Linear(4, 5));
        saved.SaveSafetensors(_folder["model"]);
        var model = new Sequential(new Linear(3, 4), new BatchNorm1d(4), new Linear(4, 6));
        float[] before = Values(model);
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => model.LoadSafetensors(_folder["model"]));
        Assert.Equal(
            $"{_folder["model"]}: missing 1.weight, 1.bias, 1.running_mean, 1.running_var, 1.num_batches_tracked; "
            + "mis-shaped 2.weight: expected [6, 4], received [5, 4], 2.bias: expected [6], received [5].",
            exception.Message);
        TestTensors.AssertSameBits(before, Values(model));

        var shorter = new Sequential(new Linear(3, 4));
        Assert.Contains(
            "unexpected 2.weight, 2.bias", Assert.Throws<InvalidDataException>(() => shorter.LoadSafetensors(_folder["model"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lenient_load_takes_what_fits_and_says_what_did_not()
    {
        var saved = new Sequential(new Linear(3, 4), new ReLU(), new Linear(4, 5));
        saved.SaveSafetensors(_folder["model"]);
        var model = new Sequential(new Linear(3, 4), new BatchNorm1d(4), new Linear(4, 6));
        float[] last = [.. model.Parameters[^2].Value.Values];
        StateMismatch mismatch = model.LoadSafetensors(_folder["model"], strict: false);
        Assert.Equal(5, mismatch.Missing.Count);
        Assert.Equal(2, mismatch.MisShaped.Count);
        Assert.Empty(mismatch.Unexpected);
        TestTensors.AssertSameBits(saved.Parameters[0].Value.Values, model.Parameters[0].Value.Values);
        TestTensors.AssertSameBits(last, model.Parameters[^2].Value.Values);
    }

    [Fact]
    public void A_tensor_that_cannot_be_read_changes_nothing()
    {
        // The first tensor is good, the second has a boolean that is neither 0 nor 1.
        var model = new Sequential(new Linear(1, 1));
        float[] before = Values(model);
        string path = _folder.Write("bad", SafetensorsBytes.Of(
            """{"0.weight":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]},"0.bias":{"dtype":"BOOL","shape":[1],"data_offsets":[4,5]}}"""u8, [0, 0, 0, 0, 2]));
        Assert.Throws<InvalidDataException>(() => model.LoadSafetensors(path));
        TestTensors.AssertSameBits(before, Values(model));
    }

    private static Sequential Model(long seed)
    {
        var model = new Sequential(
            new Conv2d(2, 3, kernelSize: 3, padding: 1, bias: false), new BatchNorm2d(3), new ReLU(),
            new Sequential(new Conv2d(3, 4, kernelSize: 3), new BatchNorm2d(4)), new Flatten(), new Linear(4 * 16, 5));
        model.Initialize(seed);
        return model;
    }

    private static Tensor Input() => Tensor.From([.. Enumerable.Range(0, 2 * 2 * 36).Select(index => index / 100f - 0.5f)], 2, 2, 6, 6);

    private static float[] Values(Layer model) => [.. model.State.SelectMany(entry => entry.Value.Values.ToArray())];

    private static void AssertClose(string output, Tensor actual)
    {
        double[] expected = [.. output.Split(' ', StringSplitOptions.TrimEntries).Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        Assert.Equal(expected.Length, actual.Length);
        for (int index = 0; index < expected.Length; index++)
        {
            Assert.Equal(expected[index], actual.Values[index], 1e-5);
        }
    }
}
