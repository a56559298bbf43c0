namespace FastConv.Kernels.Elementwise;

/// <summary>y = f(x) over a stretch of elements. What an elementwise operation with one argument runs on every piece of its work.</summary>
internal unsafe interface IUnaryKernel
{
    void Run(float* x, float* y, int length);
}

/// <summary>The map of an operator.</summary>
internal readonly unsafe struct UnaryMap<TOperator>(TOperator operation) : IUnaryKernel
    where TOperator : struct, IUnaryOperator
{
    public void Run(float* x, float* y, int length) => MapKernel.Unary(operation, x, y, length);
}
