using System.Text.RegularExpressions;

namespace FastConv.Mutants;

/// <summary>Which tests are asked first about a file, by its path; the first pattern that matches counts.</summary>
internal static class TestAreas
{
    /// <summary>Asked about what its own area let pass: everything that computes, but not what reads files, runs commands or looks at the source.</summary>
    public const string Wide = @"Tests\.(Primitives|Kernels|Shapes|Layers|Losses|Optimizers|Simd|Properties|Golden|Guarded|Data\.(Normal|Bilinear))";

    private static readonly (string Path, string Tests)[] Areas =
    [
        ("Gemm|DotRows|Small(Kernel|Product)", @"\.(Gemm|LinearPrimitives|Conv2dThreads|Conv2dVector)"),
        ("Depthwise", @"\.Depthwise|Primitives\.Conv2d(Primitives|Vector|Error)|PlanTests"),
        ("Winograd", @"\.Winograd|\.BlockTranspose|\.Conv2d(Threads|Vector)"),
        ("Im2Col|Col2Im|StridedCopy", @"\.Im2Col|Primitives\.Conv2dPrimitives"),
        ("Convolution|Conv2d|Window|WeightGradient|PackedFilters|FilterVersion|Rotated|Direct|ChannelEpilogue|TapAxis", @"Primitives\.(Conv2d|PackedFilters|Convolution|Im2Col)|Shapes\.|LayerFusion"),
        ("Pool", @"Pool"),
        ("BatchNorm|Channel|ColumnSum|Normalize", @"\.BatchNorm|LayerFusion"),
        ("Softmax|RowExponentials", @"Softmax|CrossEntropy|Loss|VectorBits"),
        ("Losses|Loss|Bce|Huber|L1|Mse|Nll|CrossEntropy|ClassTargets|OrderedSum", @"Loss|Nll|CrossEntropy|OrderedSum"),
        ("Reductions", @"Reduction|OrderedSum|Loss|\.BatchNormTests"),
        ("Dropout|Philox", @"Dropout|Philox|RandomSource"),
        ("Update|Adam|AdaGrad|RmsProp|Sgd|Hyperparameter", @"Update|Optimizer|ParameterArena"),
        ("Linear|BiasRows", @"Linear|Gemm"),
        ("Concat|StridedRow", @"Concat|BilinearResize|Im2Col|Depthwise"),
        ("Shapes", @"Shapes\.|Primitives\.(Conv2d|MaxPool|AvgPool)|\.Winograd"),
        (".", @"Primitives\.(Activation|Add|Element|MemorySpeed|Vector|Dropout|Gemm|Linear)|MathFunction"),
    ];

    /// <summary>The first tests: a pattern over full names of test classes.</summary>
    public static string Of(string file) => Areas.First(area => Regex.IsMatch(file, area.Path)).Tests;
}
