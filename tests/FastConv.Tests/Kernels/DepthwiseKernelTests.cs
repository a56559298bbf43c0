using System.Runtime.Intrinsics;
using FastConv.Kernels.Convolution;
using FastConv.Memory;
using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Simd;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Kernels;

/// <summary>The depthwise kernels over every vector that this machine has: not a bit may depend on which one it is.</summary>
public sealed unsafe class DepthwiseKernelTests
{
    private static readonly Conv2dShape[] Shapes =
    [
        Conv2dShape.Create(3, 3, 14, 14, 3, 3, padding: 1, groups: 3),
        Conv2dShape.Create(3, 4, 7, 7, 4, 3, padding: 1, groups: 4),
        Conv2dShape.Create(2, 3, 14, 14, 3, 3, stride: 2, padding: 1, groups: 3),
        Conv2dShape.Create(2, 2, 29, 35, 2, 3, padding: Padding.Same, groups: 2),
        Conv2dShape.Create(2, 2, 15, 18, 2, 3, stride: 2, padding: Padding.Same, groups: 2),
        Conv2dShape.Create(1, 2, 112, 112, 2, 3, padding: 1, groups: 2),
        Conv2dShape.Create(2, 2, 13, 21, 6, (3, 5), (2, 3), Padding.Sides(0, 2, 3, 1), (2, 1), 2),
        Conv2dShape.Create(2, 2, 40, 3, 2, (7, 2), (1, 2), 3, groups: 2),
        Conv2dShape.Create(2, 2, 3, 3, 2, 3, padding: 1, groups: 2),
        Conv2dShape.Create(2, 2, 1, 1, 2, 3, padding: 1, groups: 2),
    ];

    private static readonly Dictionary<string, Func<ConvCase, float[]>> ByName = CreatePasses();

    public static TheoryData<string> Names => [.. ByName.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryVector_GivesTheSameBits(string vector)
    {
        foreach (Conv2dShape shape in Shapes)
        {
            var test = new ConvCase(vector, shape);
            TestTensors.AssertSameBits(AllPasses<V1>(test), ByName[vector](test), test.ToString());
        }
    }

    private static Dictionary<string, Func<ConvCase, float[]>> CreatePasses()
    {
        var passes = new Dictionary<string, Func<ConvCase, float[]>> { ["VPortable"] = AllPasses<VPortable>, ["Wide<V1>"] = AllPasses<Wide<V1>> };
        if (!SimdDispatch.HasFusedMultiplyAdd)
        {
            return passes;
        }

        passes.Add("V128", AllPasses<V128>);
        passes.Add("Wide<Wide<V128>>", AllPasses<Wide<Wide<V128>>>);
        if (Vector256.IsHardwareAccelerated)
        {
            passes.Add("V256", AllPasses<V256>);
            passes.Add("Wide<V256>", AllPasses<Wide<V256>>);
        }

        if (Vector512.IsHardwareAccelerated)
        {
            passes.Add("V512", AllPasses<V512>);
        }

        return passes;
    }

    private static float[] AllPasses<V>(ConvCase test)
        where V : struct, IVector<V>
    {
        Conv2dShape shape = test.Shape;
        GuardedValues output = GuardedValues.Unwritten(test.GradOutput.Length);
        GuardedValues gradInput = GuardedValues.Unwritten(test.Input.Length);
        var gradWeight = new GuardedValues(test.Weight);
        fixed (float* x = test.Input, w = test.Weight, b = test.Bias, g = test.GradOutput, y = output.Span, dx = gradInput.Span, dw = gradWeight.Span)
        {
            int planes = shape.Batch * shape.InChannels;
            foreach (ConvolutionPass pass in Enum.GetValues<ConvolutionPass>())
            {
                var plan = new DepthwisePlan(shape, pass);
                using var workspace = Workspace.Rent(plan.WorkspaceLength(1));
                float* memory = workspace.Take(plan.WorkspaceLength(1));
                DepthwiseTaps taps = plan.WriteTaps(memory);
                plan.Clear(memory, 1);
                DepthwiseScratch scratch = plan.Scratch(memory, 0);
                switch (pass)
                {
                    case ConvolutionPass.Forward:
                        new DepthwiseForward(
                            plan.Layout, plan.BandRows, plan.Bands, plan.IsThreeByThree, taps, scratch, shape.InChannels, shape.GroupOutChannels, x, w, b, true, y, planes, 0, planes)
                            .Invoke<V>();
                        break;
                    case ConvolutionPass.BackwardInput:
                        new DepthwiseBackwardInput(
                            plan.Layout, plan.BandRows, plan.Bands, shape.Vertical, shape.Horizontal, plan.IsThreeByThree, taps, scratch, shape.InChannels, shape.GroupOutChannels, g, w, dx, planes, 0, planes)
                            .Invoke<V>();
                        break;
                    default:
                        new DepthwiseBackwardWeight(
                            plan.Layout, plan.BandRows, plan.Bands, plan.IsThreeByThree, taps, scratch, shape.Batch, shape.OutChannels, shape.GroupOutChannels, x, g, dw, 0, shape.OutChannels)
                            .Invoke<V>();
                        break;
                }
            }
        }

        output.AssertGuardsUntouched();
        gradInput.AssertGuardsUntouched();
        gradWeight.AssertGuardsUntouched();
        return [.. output.Span, .. gradInput.Span, .. gradWeight.Span];
    }
}
