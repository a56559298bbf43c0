using FastConv.Shapes;
namespace FastConv.Primitives;
#pragma warning disable
public static partial class BatchNormPrimitives
{
    public static void ForwardTrainingX(BatchNormShape shape, ReadOnlySpan<float> input, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, Span<float> runningMean, Span<float> runningVariance, float momentum, float epsilon, Span<float> output, Span<float> savedMean, Span<float> savedInverseStd, Activation activation)
    { ForwardTraining(shape, input, weight, bias, runningMean, runningVariance, momentum, epsilon, output, savedMean, savedInverseStd); if (activation == Activation.ReLU) ReLUPrimitives.Forward(output, output); }
    public static void ForwardInferenceX(BatchNormShape shape, ReadOnlySpan<float> input, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, ReadOnlySpan<float> runningMean, ReadOnlySpan<float> runningVariance, float epsilon, Span<float> output, Activation activation)
    { ForwardInference(shape, input, weight, bias, runningMean, runningVariance, epsilon, output); if (activation == Activation.ReLU) ReLUPrimitives.Forward(output, output); }
    public static void BackwardTrainingX(BatchNormShape shape, ReadOnlySpan<float> input, ReadOnlySpan<float> output, ReadOnlySpan<float> gradOutput, ReadOnlySpan<float> weight, ReadOnlySpan<float> savedMean, ReadOnlySpan<float> savedInverseStd, Span<float> gradInput, Span<float> gradWeight, Span<float> gradBias, Activation activation)
    { if (activation == Activation.ReLU) { var g = new float[gradOutput.Length]; ReLUPrimitives.Backward(output, gradOutput, g); gradOutput = g; } BackwardTraining(shape, input, gradOutput, weight, savedMean, savedInverseStd, gradInput, gradWeight, gradBias); }
    public static void BackwardInferenceX(BatchNormShape shape, ReadOnlySpan<float> input, ReadOnlySpan<float> output, ReadOnlySpan<float> gradOutput, ReadOnlySpan<float> weight, ReadOnlySpan<float> m, ReadOnlySpan<float> v, float epsilon, Span<float> gradInput, Span<float> gradWeight, Span<float> gradBias, Activation activation)
    { if (activation == Activation.ReLU) { var g = new float[gradOutput.Length]; ReLUPrimitives.Backward(output, gradOutput, g); gradOutput = g; } BackwardInference(shape, input, gradOutput, weight, m, v, epsilon, gradInput, gradWeight, gradBias); }
}
