using FastConv.Shapes;

namespace FastConv.Tensors;

/// <summary>Tensors by their own shape: outputs and gradients that are written anew in every step.</summary>
internal static class TensorPerShape
{
    public static Tensor GetOrMake(this PerShape<Tensor> tensors, TensorShape shape) =>
        tensors.TryFind(shape, out Tensor? tensor) ? tensor : tensors.Keep(shape, Tensor.Uninitialized(shape));
}
