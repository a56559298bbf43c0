using FastConv.Kernels.Elementwise;
using FastConv.Kernels.Losses;

namespace FastConv.Primitives;

/// <summary>What the primitives of elementwise losses share: the checks, the mean, the gradient.</summary>
internal static unsafe class ElementLossMap
{
    /// <summary>The mean over all elements.</summary>
    public static float Mean<TLoss>(string op, TLoss loss, ReadOnlySpan<float> prediction, ReadOnlySpan<float> target)
        where TLoss : struct, IElementLoss
    {
        RequireElements(op, prediction, target);
        fixed (float* pointerPrediction = prediction, pointerTarget = target)
        {
            double sum = OrderedSum.Of(new Summand<TLoss>(loss, pointerPrediction, pointerTarget), prediction.Length, 1);
            return (float)(sum / prediction.Length);
        }
    }

    /// <summary>gradPrediction = operation(prediction, target).</summary>
    public static void Gradient<TOperator>(
        string op, TOperator operation, ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> gradPrediction)
        where TOperator : struct, IBinaryOperator
    {
        RequireElements(op, prediction, target);
        ElementwiseMap.Binary(op, operation, nameof(prediction), prediction, nameof(target), target, nameof(gradPrediction), gradPrediction);
    }

    /// <summary>At least one prediction, and a target for each.</summary>
    private static void RequireElements(string op, ReadOnlySpan<float> prediction, ReadOnlySpan<float> target)
    {
        if (prediction.IsEmpty)
        {
            throw new ArgumentException($"{op}: prediction expects at least 1 element, received 0.", nameof(prediction));
        }

        Require.Length(op, nameof(target), prediction.Length, target.Length);
    }

    private readonly struct Summand<TLoss>(TLoss loss, float* prediction, float* target) : ISummand
        where TLoss : struct, IElementLoss
    {
        public double Sum(int start, int end) => ElementLossKernel.Sum(loss, prediction + start, target + start, end - start);
    }
}
