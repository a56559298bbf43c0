namespace FastConv.Kernels.Normalization;

/// <summary>What softmax and log-softmax do to one row. The result may overwrite an argument.</summary>
internal unsafe interface ISoftmaxKernel
{
    static abstract void Forward(float* x, float* y, int columns);

    /// <summary>From <paramref name="y"/>, what forward wrote.</summary>
    static abstract void Backward(float* y, float* gradOutput, float* gradInput, int columns);
}
