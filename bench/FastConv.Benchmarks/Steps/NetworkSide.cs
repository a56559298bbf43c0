using FastConv.Cli.Models;
using FastConv.Layers;
using FastConv.Losses;
using FastConv.Randomness;
using FastConv.Shapes;
using FastConv.Tensors;

namespace FastConv.Benchmarks.Steps;

/// <summary>A network of the command with random images; the peer gets the same starting values and images.</summary>
internal abstract class NetworkSide : OwnSide
{
    private const int Seed = 1;

    private readonly string _mode;
    private readonly string _name;
    private readonly Tensor _labelsAsFloats;

    protected NetworkSide(ModelRecipe recipe, int batch, string mode)
    {
        (_mode, _name) = (mode, recipe.Name);
        Model = recipe.Build(Seed);
        Loss = recipe.CreateLoss();
        var random = new RandomSource(Seed);
        Input = new Tensor(recipe.SampleShape.BatchOf(batch));
        Initializers.Normal(Input, random);
        Labels = [.. Enumerable.Range(0, batch).Select(_ => random.NextInt(recipe.Classes))];
        _labelsAsFloats = Tensor.From(Array.ConvertAll(Labels, label => (float)label), batch);
    }

    /// <summary>Input, labels, state in PyTorch's order.</summary>
    public override IReadOnlyList<Tensor> Operands => [Input, _labelsAsFloats, .. Model.State.Select(entry => entry.Value)];

    public Tensor Input { get; }

    protected Sequential Model { get; }

    protected Loss Loss { get; }

    protected int[] Labels { get; }

    public override object TorchRequest(string? path, int threads) => Request(path, threads, _mode, onnxPath: null);

    /// <summary>The request that writes the network as an ONNX file.</summary>
    public object ExportRequest(string path, string onnxPath) => Request(path, threads: 1, "export", onnxPath);

    private object Request(string? path, int threads, string mode, string? onnxPath) => new
    {
        verb = "prepare",
        subject = "network",
        path,
        threads,
        mode,
        onnxPath,
        model = _name,
        loss = Loss is BceLoss ? "bce" : "cross_entropy",
        learningRate = TrainingStepSide.LearningRate,
        input = Sizes(Input.Shape),
        state = Model.State.Select(entry => new { name = entry.Name, shape = Sizes(entry.Value.Shape) }),
    };

    private static int[] Sizes(TensorShape shape) => shape.Dimensions.ToArray();
}
