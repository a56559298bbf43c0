using FastConv.Benchmarks.Peers;
using FastConv.Benchmarks.Steps;
using FastConv.Cli.Models;
using FastConv.Shapes;

namespace FastConv.PerfGate.Allocation;

/// <summary>A call that must not allocate.</summary>
/// <param name="Name">Of the row.</param>
/// <param name="Prepare">Makes operands and results, and returns the call.</param>
internal sealed record AllocationCase(string Name, Func<Action> Prepare)
{
    private const int Batch = 2;

    /// <summary>Products, all passes of every kind of convolution, the other operations on small tensors, and a training step of every model.</summary>
    public static IEnumerable<AllocationCase> All() =>
    [
        .. Products(),
        .. Convolutions(),
        .. StepsPlan.Operations(OpSize.All(batch: null)[^1]).Select(step => new AllocationCase($"{step.Name} {step.Pass}", () => step.Prepare().Run)),
        .. ModelRegistry.All.Select(recipe => new AllocationCase($"{recipe.Name} training step", () => new TrainingStepCase(recipe, Batch).Prepare().Run)),
    ];

    private static IEnumerable<AllocationCase> Products() =>
        ((GemmWorkload[])[new("", 12, 16, 8), new("", 256, 320, 300)]).Select(product => Of($"gemm {product.Name}", product));

    private static IEnumerable<AllocationCase> Convolutions()
    {
        (string Name, Conv2dShape Shape)[] shapes =
        [
            ("5x5", Conv2dShape.Create(Batch, 8, 20, 20, 12, kernel: 5, padding: 2)),
            ("3x3 stride 2", Conv2dShape.Create(Batch, 16, 20, 20, 32, kernel: 3, stride: 2, padding: 1)),
            ("1x1", Conv2dShape.Create(Batch, 32, 20, 20, 64, kernel: 1)),
            ("3x3 Winograd", Conv2dShape.Create(Batch, 32, 20, 20, 32, kernel: 3, padding: 1)),
            ("5x5 Winograd", Conv2dShape.Create(Batch, 32, 20, 20, 32, kernel: 5, padding: 2)),
            ("3x3 depthwise", Conv2dShape.Create(Batch, 32, 20, 20, 32, kernel: 3, padding: 1, groups: 32)),
        ];
        return from shape in shapes
               from pass in Enum.GetValues<ConvolutionPassName>()
               select Of($"convolution {shape.Name} {pass.ToText()}", new ConvolutionWorkload("", shape.Name, shape.Shape, pass));
    }

    private static AllocationCase Of(string name, Workload workload) => new(name, () =>
    {
        var operands = new Operands(workload);
        return () => workload.Run(operands);
    });
}
