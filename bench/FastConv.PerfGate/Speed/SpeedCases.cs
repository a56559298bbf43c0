using FastConv.Benchmarks.Peers;
using FastConv.Benchmarks.Steps;
using FastConv.Cli.Models;
using FastConv.Shapes;

namespace FastConv.PerfGate.Speed;

/// <summary>What is timed: products, all passes of six layers, what else a step is made of, steps and predictions.</summary>
internal static class SpeedCases
{
    // A training step is about three forward passes, each of two operations a multiply-add.
    private const int OperationsOfStep = 6;
    private const int OperationsOfPrediction = 2;

    // Of kernels under one limit, the multiply-adds, and of what depends on the memory that others leave too.
    private const double KernelDeviation = 0.03;
    private const double MemoryDeviation = 0.08;

    private static readonly (int M, int N, int K)[] Products = [(1024, 1024, 1024), (64, 3136, 576), (64, 64, 64)];

    private static readonly (string Name, Conv2dShape Shape)[] Layers =
    [
        ("resnet 64x56 1x1", Conv2dShape.Create(2, 64, 56, 56, 256, kernel: 1)),
        ("resnet 64x56 3x3", Conv2dShape.Create(2, 64, 56, 56, 64, kernel: 3, padding: 1)),
        ("resnet 128x56 3x3 s2", Conv2dShape.Create(2, 128, 56, 56, 128, kernel: 3, stride: 2, padding: 1)),
        ("resnet 256x14 3x3", Conv2dShape.Create(4, 256, 14, 14, 256, kernel: 3, padding: 1)),
        ("vgg 3x32 3x3", Conv2dShape.Create(8, 3, 32, 32, 64, kernel: 3, padding: 1)),
        ("depthwise 128x28 3x3", Conv2dShape.Create(4, 128, 28, 28, 128, kernel: 3, padding: 1, groups: 128)),
    ];

    private static readonly string[] Operations =
    [
        "max-pool 2x2 forward",
        "max-pool 2x2 backward",
        "max-pool 3x3 s2 p1 forward",
        "batch norm forward",
        "batch norm backward",
        "ReLU forward",
        "residual add forward",
        "cross-entropy forward",
        "Adam step",
    ];

    private static readonly (string Model, int Batch)[] Steps = [("lenet", 16), ("catdog", 2), ("vgg", 4)];
    private static readonly (string Model, int Batch)[] Predictions = [("vgg", 4)];

    public static IEnumerable<SpeedCase> All() =>
    [
        .. Products.Select(size => Of(new GemmWorkload("", size.M, size.N, size.K), "gemm")),
        .. from layer in Layers
           from pass in Enum.GetValues<ConvolutionPassName>()
           select Of(new ConvolutionWorkload("", layer.Name, layer.Shape, pass), "convolution"),
        .. from step in StepsPlan.Operations(OpSize.All(batch: null)[0])
           let name = $"{step.Name} {step.Pass}"
           where Operations.Contains(name)
           select new SpeedCase(name, step.MovedBytes, IsMemory: true, () => step.Prepare().Run, MemoryDeviation),
        .. Steps.Select(step => Of("training step", step.Model, step.Batch, OperationsOfStep, recipe => new TrainingStepCase(recipe, step.Batch))),
        .. Predictions.Select(step => Of("prediction", step.Model, step.Batch, OperationsOfPrediction, recipe => new PredictCase(recipe, step.Batch))),
    ];

    private static SpeedCase Of(Workload workload, string kind)
    {
        string name = workload is ConvolutionWorkload ? $"{kind} {workload.Name} {workload.Pass}" : $"{kind} {workload.Name}";
        return new SpeedCase(name, workload.Flops, IsMemory: false, () =>
        {
            var operands = new Operands(workload);
            return () => workload.Run(operands);
        }, KernelDeviation);
    }

    private static SpeedCase Of(string kind, string model, int batch, int operations, Func<ModelRecipe, StepCase> create)
    {
        ModelRecipe recipe = ModelRegistry.Find(model)!;
        double work = (double)operations * recipe.Build(ModelRecipe.DefaultSeed).MultiplyAdds(recipe.SampleShape.BatchOf(batch));
        return new SpeedCase($"{kind} {model}, batch {batch}", work, IsMemory: false, () => create(recipe).Prepare().Run, MemoryDeviation);
    }
}
