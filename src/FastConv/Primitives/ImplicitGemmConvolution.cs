using FastConv.Kernels.Convolution;
using FastConv.Kernels.Gemm;
using FastConv.Parallelism;
using FastConv.Shapes;

namespace FastConv.Primitives;

/// <summary>
/// Convolution as a matrix product whose windows are packed straight from the image (implicit GEMM). Backward to the input is the same
/// product over the output's gradient with the roles of the channels exchanged and the kernel turned; with a stride s, the input's pixels fall
/// into s * s phases with taps of their own, and no product with an inserted zero is ever made.
/// Source: Chetlur et al., "cuDNN: Efficient Primitives for Deep Learning" (2014), section 3.
/// </summary>
internal sealed unsafe class ImplicitGemmConvolution : ConvolutionStrategy
{
    public override ConvolutionAlgorithm Algorithm => ConvolutionAlgorithm.ImplicitGemm;

    public override bool CanDo(Conv2dShape shape, ConvolutionPass pass)
    {
        if (pass == ConvolutionPass.BackwardInput)
        {
            return EveryPhaseSuits(shape);
        }

        var windows = new WindowMatrix(
            TapAxis.Forward(shape.Vertical), TapAxis.Forward(shape.Horizontal), null, 0, shape.GroupInChannels, shape.Batch);
        return pass == ConvolutionPass.Forward ? WindowProductPlan.Suits(windows) : WeightGradientPlan.Suits(windows);
    }

    public override bool IsMeantFor(Conv2dShape shape, ConvolutionPass pass) => true;

    public override void Forward(
        Conv2dShape shape, float* input, float* weight, float* bias, Activation activation, float* output, int maxThreads, FilterVersion version)
    {
        TapAxis vertical = TapAxis.Forward(shape.Vertical);
        TapAxis horizontal = TapAxis.Forward(shape.Horizontal);
        WindowProduct.Run(
            FilterMatrix.Forward(shape, weight, vertical, horizontal),
            shape.WeightShape.Length / shape.Groups,
            new WindowMatrix(vertical, horizontal, input, shape.InChannels * shape.InputPlane, shape.GroupInChannels, shape.Batch),
            shape.GroupOutChannels,
            shape.Groups,
            new ColumnTarget(output, shape.OutputPlane, (nint)shape.OutChannels * shape.OutputPlane, 1, 0, shape.OutputPlane, 1),
            new TileStore { Bias = bias, Rectifies = activation == Activation.ReLU },
            maxThreads,
            version,
            slot: 0);
    }

    public override void BackwardInput(Conv2dShape shape, float* gradOutput, float* weight, float* gradInput, int maxThreads, FilterVersion version)
    {
        if (HasPhaseWithoutTaps(shape.Vertical) || HasPhaseWithoutTaps(shape.Horizontal))
        {
            var clearing = new ClearJob(gradInput, shape.InputPlane);
            WorkerTeam.Run(ref clearing, shape.Batch * shape.InChannels, maxThreads);
        }

        for (int rowPhase = 0; rowPhase < Phases(shape.Vertical); rowPhase++)
        {
            for (int columnPhase = 0; columnPhase < Phases(shape.Horizontal); columnPhase++)
            {
                RunPhase(shape, gradOutput, weight, gradInput, rowPhase, columnPhase, maxThreads, version);
            }
        }
    }

    public override void BackwardWeight(Conv2dShape shape, float* input, float* gradOutput, float* gradWeight, int maxThreads) =>
        WeightGradient.Run(shape, input, gradOutput, gradWeight, maxThreads);

    // Residues modulo the stride that some pixel of the input has.
    private static int Phases(WindowAxis axis) => Math.Min(axis.Stride, axis.Input);

    // Phases differ in their pixels and in their taps, and the first may have none.
    private static bool EveryPhaseSuits(Conv2dShape shape)
    {
        for (int rowPhase = 0; rowPhase < Phases(shape.Vertical); rowPhase++)
        {
            TapAxis vertical = TapAxis.Gradient(shape.Vertical, rowPhase);
            for (int columnPhase = 0; columnPhase < Phases(shape.Horizontal); columnPhase++)
            {
                TapAxis horizontal = TapAxis.Gradient(shape.Horizontal, columnPhase);
                if (!WindowProductPlan.Suits(new WindowMatrix(vertical, horizontal, null, 0, shape.GroupOutChannels, shape.Batch)))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool HasPhaseWithoutTaps(WindowAxis axis)
    {
        for (int phase = 0; phase < Phases(axis); phase++)
        {
            if (TapAxis.Gradient(axis, phase).Taps == 0)
            {
                return true;
            }
        }

        return false;
    }

    private static void RunPhase(
        Conv2dShape shape, float* gradOutput, float* weight, float* gradInput, int rowPhase, int columnPhase, int maxThreads, FilterVersion version)
    {
        TapAxis vertical = TapAxis.Gradient(shape.Vertical, rowPhase);
        TapAxis horizontal = TapAxis.Gradient(shape.Horizontal, columnPhase);
        if (vertical.Taps == 0 || horizontal.Taps == 0)
        {
            return;
        }

        int width = shape.Horizontal.Input;
        bool isDense = shape.Vertical.Stride == 1 && shape.Horizontal.Stride == 1;
        nint imageStride = (nint)shape.InChannels * shape.InputPlane;
        WindowProduct.Run(
            FilterMatrix.Gradient(shape, weight, vertical, horizontal),
            shape.WeightShape.Length / shape.Groups,
            new WindowMatrix(vertical, horizontal, gradOutput, shape.OutChannels * shape.OutputPlane, shape.GroupOutChannels, shape.Batch),
            shape.GroupInChannels,
            shape.Groups,
            isDense
                ? new ColumnTarget(gradInput, shape.InputPlane, imageStride, 1, 0, shape.InputPlane, 1)
                : new ColumnTarget(
                    gradInput + (nint)rowPhase * width + columnPhase,
                    shape.InputPlane,
                    imageStride,
                    vertical.Output,
                    (nint)shape.Vertical.Stride * width,
                    horizontal.Output,
                    shape.Horizontal.Stride),
            default,
            maxThreads,
            version,
            slot: 1 + rowPhase * Phases(shape.Horizontal) + columnPhase);
    }

    private readonly struct ClearJob(float* planes, int length) : IParallelJob
    {
        public void Execute(int index, int worker) => new Span<float>(planes + (nint)index * length, length).Clear();
    }
}
