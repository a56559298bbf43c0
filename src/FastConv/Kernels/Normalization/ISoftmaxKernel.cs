namespace FastConv.Kernels.Normalization;

/// <summary>What softmax and log-softmax do to rows, all in one call. The result may overwrite an argument.</summary>
internal unsafe interface ISoftmaxKernel
{
    static abstract void Forward(float* x, float* y, int rows, int columns);

    /// <summary>From <paramref name="y"/>, what forward wrote.</summary>
    static abstract void Backward(float* y, float* gradOutput, float* gradInput, int rows, int columns);
}
