using FastConv.Benchmarks.Peers;
using FastConv.Benchmarks.Steps;
using FastConv.Cli.Models;
using FastConv.Layers;

namespace FastConv.Benchmarks.Scaling;

/// <summary>The list of workloads: layers of several kinds in all passes, products, operations at the speed of memory, whole training steps.</summary>
internal static class ScalingCases
{
    private const string LayerSet = "resnet50_v1_5";
    private const string DepthwiseSet = "mobilenet_v1_dw";

    // The first layer, 1 x 1 taps, 3 x 3 taps on a large plane and on a small one.
    private static readonly (int Channels, int Size, int Window)[] Layers = [(3, 224, 7), (64, 56, 1), (64, 56, 3), (512, 7, 3)];

    private static readonly string[] Products = ["256x256x256", "1024x1024x1024", "64x12544x147"];
    private static readonly string[] Operations = ["ReLU", "residual add", "softmax", "GELU"];
    private static readonly string[] Models = ["lenet", "lenet5", "catdog", "vgg", "resnet20"];

    /// <exception cref="InvalidDataException">The shape file is not one.</exception>
    public static IEnumerable<ScalingCase> All() => [.. Convolutions(), .. Gemms(), .. Ops(), .. Steps()];

    private static IEnumerable<ScalingCase> Convolutions()
    {
        IReadOnlyList<NamedShape> shapes = ShapeFile.Read(ShapeFile.DefaultPath);
        NamedShape[] chosen =
        [
            .. Layers.Select(layer => shapes.First(shape => shape.Set == LayerSet
                && (shape.Shape.InChannels, shape.Shape.Vertical.Input, shape.Shape.Vertical.Window) == layer)),
            shapes.First(shape => shape.Set == DepthwiseSet),
        ];
        return from layer in chosen
               from pass in Enum.GetValues<ConvolutionPassName>()
               let workload = new ConvolutionWorkload(layer.Set, layer.Name, layer.Shape.WithBatch(PeersOptions.DefaultBatch), pass)
               select Of(ScalingKinds.Convolution, $"{layer.Set} {layer.Name} {workload.Pass}", workload);
    }

    private static IEnumerable<ScalingCase> Gemms() =>
        from workload in GemmSets.Create(GemmSets.Layers)
        where Products.Contains(workload.Name)
        select Of(ScalingKinds.Gemm, workload.Name, workload);

    private static IEnumerable<ScalingCase> Ops() =>
        from op in ElementwiseOps.Create(OpSize.All(batch: null)[0])
        where Operations.Contains(op.Name)
        select new ScalingCase(ScalingKinds.Op, $"{op.Name} {op.Pass}", null, op.MovedBytes, () => new PreparedCall(op.Prepare().Run));

    private static IEnumerable<ScalingCase> Steps() =>
        from recipe in Models.Select(name => ModelRegistry.Find(name)!)
        let step = new TrainingStepCase(recipe, recipe.BatchSize)
        select new ScalingCase(ScalingKinds.Step, recipe.Name, null, StepBytes(recipe), () => new PreparedCall(step.Prepare().Run));

    private static ScalingCase Of(string kind, string name, Workload workload) => new(
        kind,
        name,
        workload.Flops,
        workload.Bytes(),
        () =>
        {
            var operands = new Operands(workload);
            return new PreparedCall(() => workload.Run(operands), operands);
        });

    // Activations and gradients are written and read once at least. Adam reads a parameter, its gradient and two moments, and writes all but
    // the gradient.
    private static double StepBytes(ModelRecipe recipe)
    {
        const int AdamAccesses = 7;
        Sequential model = recipe.Build(ModelRecipe.DefaultSeed);
        long step = model.StepLength(recipe.SampleShape.BatchOf(recipe.BatchSize));
        long parameters = model.Parameters.Sum(parameter => (long)parameter.Value.Length);
        return sizeof(float) * (2.0 * step + AdamAccesses * parameters);
    }
}
