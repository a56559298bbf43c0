using FastConv.Kernels.Elementwise;
using FastConv.Kernels.Gemm;
using FastConv.Parallelism;
using FastConv.Shapes;

namespace FastConv.Primitives;

/// <summary>
/// y = x * weight^T + bias and its gradients. Source: https://pytorch.org/docs/stable/generated/torch.nn.functional.linear.html
/// </summary>
public static unsafe class LinearPrimitives
{
    /// <summary>output = activation(input * weight^T + bias).</summary>
    /// <param name="batch">Rows.</param>
    /// <param name="inFeatures">Columns of the input.</param>
    /// <param name="outFeatures">Columns of the output.</param>
    /// <param name="input">[batch, in features].</param>
    /// <param name="weight">[out features, in features].</param>
    /// <param name="bias">[out features], or empty.</param>
    /// <param name="output">[batch, out features]; overwritten.</param>
    /// <param name="activation">What is applied to the sums.</param>
    /// <exception cref="ArgumentException">A size below 1, a span of the wrong length, or the output overlaps an input.</exception>
    public static void Forward(
        int batch,
        int inFeatures,
        int outFeatures,
        ReadOnlySpan<float> input,
        ReadOnlySpan<float> weight,
        ReadOnlySpan<float> bias,
        Span<float> output,
        Activation activation = Activation.None)
    {
        const string Op = "Linear.Forward";
        RequireSizes(Op, batch, inFeatures, outFeatures, nameof(input), input.Length, nameof(weight), weight.Length, nameof(output), output.Length);
        Require.LengthOrEmpty(Op, nameof(bias), outFeatures, bias.Length);
        Require.NoOverlap(Op, nameof(input), input, nameof(output), output);
        Require.NoOverlap(Op, nameof(weight), weight, nameof(output), output);
        Require.NoOverlap(Op, nameof(bias), bias, nameof(output), output);
        Require.KnownActivation(Op, activation);
        fixed (float* x = input, w = weight, b = bias, y = output)
        {
            GemmPrimitives.Multiply(
                new GemmShape(batch, outFeatures, inFeatures),
                MatrixView.RowMajor(x, inFeatures),
                MatrixView.RowMajor(w, inFeatures, transpose: true),
                y,
                outFeatures,
                accumulate: false,
                ThreadSettings.MaxThreads);
            if (b != null || activation != Activation.None)
            {
                BiasRowsKernel.Add(y, batch, outFeatures, b, activation == Activation.ReLU);
            }
        }
    }

    /// <summary>gradInput = gradOutput * weight.</summary>
    /// <param name="batch">Rows.</param>
    /// <param name="inFeatures">Columns of the input.</param>
    /// <param name="outFeatures">Columns of the output.</param>
    /// <param name="gradOutput">[batch, out features].</param>
    /// <param name="weight">[out features, in features].</param>
    /// <param name="gradInput">[batch, in features]; overwritten.</param>
    /// <exception cref="ArgumentException">A size below 1, a span of the wrong length, or the result overlaps an input.</exception>
    public static void BackwardInput(
        int batch, int inFeatures, int outFeatures, ReadOnlySpan<float> gradOutput, ReadOnlySpan<float> weight, Span<float> gradInput)
    {
        const string Op = "Linear.BackwardInput";
        RequireSizes(
            Op, batch, inFeatures, outFeatures, nameof(gradInput), gradInput.Length, nameof(weight), weight.Length, nameof(gradOutput), gradOutput.Length);
        Require.NoOverlap(Op, nameof(gradOutput), gradOutput, nameof(gradInput), gradInput);
        Require.NoOverlap(Op, nameof(weight), weight, nameof(gradInput), gradInput);
        GemmPrimitives.Multiply(batch, inFeatures, outFeatures, gradOutput, transposeA: false, weight, transposeB: false, gradInput);
    }

    /// <summary>gradWeight += gradOutput^T * input, and gradBias += the sums of gradOutput's columns.</summary>
    /// <param name="batch">Rows.</param>
    /// <param name="inFeatures">Columns of the input.</param>
    /// <param name="outFeatures">Columns of the output.</param>
    /// <param name="input">[batch, in features].</param>
    /// <param name="gradOutput">[batch, out features].</param>
    /// <param name="gradWeight">[out features, in features]; added to.</param>
    /// <param name="gradBias">[out features], added to; or empty.</param>
    /// <exception cref="ArgumentException">A size below 1, a span of the wrong length, or a result overlaps an input.</exception>
    public static void BackwardWeight(
        int batch,
        int inFeatures,
        int outFeatures,
        ReadOnlySpan<float> input,
        ReadOnlySpan<float> gradOutput,
        Span<float> gradWeight,
        Span<float> gradBias)
    {
        const string Op = "Linear.BackwardWeight";
        RequireSizes(
            Op, batch, inFeatures, outFeatures, nameof(input), input.Length, nameof(gradWeight), gradWeight.Length, nameof(gradOutput), gradOutput.Length);
        Require.LengthOrEmpty(Op, nameof(gradBias), outFeatures, gradBias.Length);
        Require.NoOverlap(Op, nameof(input), input, nameof(gradWeight), gradWeight);
        Require.NoOverlap(Op, nameof(gradOutput), gradOutput, nameof(gradWeight), gradWeight);
        Require.NoOverlap(Op, nameof(input), input, nameof(gradBias), gradBias);
        Require.NoOverlap(Op, nameof(gradOutput), gradOutput, nameof(gradBias), gradBias);
        Require.NoOverlap(Op, nameof(gradWeight), gradWeight, nameof(gradBias), gradBias);
        GemmPrimitives.Multiply(outFeatures, inFeatures, batch, gradOutput, transposeA: true, input, transposeB: false, gradWeight, accumulate: true);
        fixed (float* rows = gradOutput, sums = gradBias)
        {
            BiasRowsKernel.Sum(rows, batch, gradBias.Length, sums);
        }
    }

    private static void RequireSizes(
        string op,
        int batch,
        int inFeatures,
        int outFeatures,
        string inName,
        int inLength,
        string weightName,
        int weightLength,
        string outName,
        int outLength)
    {
        Require.Length(op, inName, Require.Product(op, nameof(batch), batch, nameof(inFeatures), inFeatures), inLength);
        Require.Length(op, outName, Require.Product(op, nameof(batch), batch, nameof(outFeatures), outFeatures), outLength);
        Require.Length(op, weightName, Require.Product(op, nameof(outFeatures), outFeatures, nameof(inFeatures), inFeatures), weightLength);
    }
}
