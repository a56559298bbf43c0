using FastConv.Benchmarks;
using FastConv.Benchmarks.Peers;
using FastConv.Counters;
using FastConv.Layers;
using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tensors;

namespace FastConv.PerfGate.Work;

/// <summary>The shapes whose work is counted.</summary>
internal static class WorkCases
{
    private static readonly (int M, int N, int K)[] Products = [(256, 256, 512), (300, 400, 1500), (1000, 500, 2100), (64, 100, 700)];

    private static readonly (string Name, Conv2dShape Shape)[] Direct =
    [
        ("5x5", Conv2dShape.Create(2, 24, 30, 30, 40, kernel: 5, padding: 2)),
        ("3x3 stride 2", Conv2dShape.Create(4, 160, 28, 28, 48, kernel: 3, stride: 2, padding: 1)),
        ("3x3 in groups", Conv2dShape.Create(2, 32, 16, 16, 64, kernel: 3, padding: 1, groups: 4)),
        ("7x7 stride 2", Conv2dShape.Create(2, 3, 64, 64, 64, kernel: 7, stride: 2, padding: 3)),
    ];

    private static readonly (string Name, Conv2dShape Shape, ConvolutionAlgorithm Algorithm)[] Winograd =
    [
        ("64 x 28 x 28", Conv2dShape.Create(4, 64, 28, 28, 96, kernel: 3, padding: 1), ConvolutionAlgorithm.Winograd4x4),
        ("256 x 7 x 7", Conv2dShape.Create(2, 256, 7, 7, 256, kernel: 3, padding: 1), ConvolutionAlgorithm.Winograd4x4),
        ("5x5", Conv2dShape.Create(4, 32, 28, 28, 96, kernel: 5, padding: 2), ConvolutionAlgorithm.Winograd5x5),
    ];

    public static IEnumerable<WorkCase> All() =>
    [
        .. Products.Select(size => Product(WorkFormulas.Product(new GemmShape(size.M, size.N, size.K)), size.M, size.N, size.K)),
        Product(WorkFormulas.SmallProduct, 24, 40, 16),
        DotRows(m: 1, n: 300, k: 1000),
        .. Direct.SelectMany(layer => Convolutions($"convolution {layer.Name}", layer.Shape, ConvolutionAlgorithm.ImplicitGemm, Formula)),
        .. Winograd.SelectMany(layer => Convolutions($"Winograd {layer.Name}", layer.Shape, layer.Algorithm, WinogradFormula)),
        KeptFilters(),
        Activation(),
    ];

    private static WorkCount Formula(Conv2dShape shape, ConvolutionPassName pass) => pass switch
    {
        ConvolutionPassName.Forward => WorkFormulas.Forward(shape),
        ConvolutionPassName.BackwardInput => WorkFormulas.BackwardInput(shape),
        _ => WorkFormulas.BackwardWeight(shape),
    };

    private static WorkCount WinogradFormula(Conv2dShape shape, ConvolutionPassName pass) =>
        pass == ConvolutionPassName.BackwardWeight ? WorkFormulas.WinogradGradient(shape) : WorkFormulas.Winograd(shape);

    private static WorkCase Product(WorkCount expected, int m, int n, int k)
    {
        var workload = new GemmWorkload("", m, n, k);
        return new WorkCase($"gemm {workload.Name}", expected, () => Run(workload));
    }

    private static void Run(Workload workload)
    {
        using var operands = new Operands(workload);
        workload.Run(operands);
    }

    private static WorkCase DotRows(int m, int n, int k) => new($"gemm {m}x{n}x{k}, B transposed", WorkFormulas.DotRows, () => GemmPrimitives.Multiply(
        m, n, k, RandomValues.Create(m * k, seed: 1).Values, transposeA: false, RandomValues.Create(n * k, seed: 2).Values, transposeB: true, new float[m * n]));

    private static IEnumerable<WorkCase> Convolutions(
        string name, Conv2dShape shape, ConvolutionAlgorithm algorithm, Func<Conv2dShape, ConvolutionPassName, WorkCount> formula) =>
        from pass in Enum.GetValues<ConvolutionPassName>()
        let workload = new ConvolutionWorkload("", name, shape, pass, new ConvolutionOptions { Algorithm = algorithm })
        select new WorkCase($"{name} {pass.ToText()}", formula(shape, pass), () => Run(workload));

    // A layer packs its filters once; what the first call has packed serves the second.
    private static WorkCase KeptFilters()
    {
        Conv2dShape shape = Conv2dShape.Create(2, 16, 20, 20, 32, kernel: 4, padding: 1);
        var layer = new Conv2d(shape.InChannels, shape.OutChannels, kernelSize: 4, padding: 1);
        Tensor input = RandomValues.Create(shape.InputShape.Length, seed: 1).Reshape(shape.InputShape);
        return new WorkCase("two forward calls of a layer", WorkFormulas.Forward(shape) + WorkFormulas.Forward(shape, isKept: true), () =>
        {
            layer.Forward(input);
            layer.Forward(input);
        });
    }

    private static WorkCase Activation()
    {
        float[] values = new float[100_000];
        return new WorkCase("ReLU forward", WorkFormulas.OneJob, () => ReLUPrimitives.Forward(values, new float[values.Length]));
    }
}
