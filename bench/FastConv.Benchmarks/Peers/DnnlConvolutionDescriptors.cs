using FastConv.Shapes;

namespace FastConv.Benchmarks.Peers;

/// <summary>
/// Primitive descriptors of the three passes, which leave every layout to the library. Sizes are [batch, channels, height, width] and
/// [out channels, in channels, height, width] of the weights, with groups [groups, out channels / groups, in channels / groups, height, width].
/// A dilation counts from 0.
/// </summary>
internal sealed unsafe class DnnlConvolutionDescriptors(nint engine, Conv2dShape shape)
{
    public long[] Source { get; } = Sizes(shape.InputShape);

    public long[] Weights { get; } = shape.Groups == 1
        ? Sizes(shape.WeightShape)
        : [shape.Groups, shape.GroupOutChannels, shape.GroupInChannels, shape.Vertical.Window, shape.Horizontal.Window];

    public long[] Destination { get; } = Sizes(shape.OutputShape);

    /// <summary>The caller destroys it.</summary>
    public nint Create(ConvolutionPassName pass)
    {
        byte[] source = DnnlOperand.Describe(Source, DnnlNative.TagAny);
        byte[] weights = DnnlOperand.Describe(Weights, DnnlNative.TagAny);
        byte[] destination = DnnlOperand.Describe(Destination, DnnlNative.TagAny);
        byte[] operation = new byte[DnnlNative.DescriptorBytes];
        long* strides = stackalloc long[] { shape.Vertical.Stride, shape.Horizontal.Stride };
        long* dilates = stackalloc long[] { shape.Vertical.Dilation - 1, shape.Horizontal.Dilation - 1 };
        long* before = stackalloc long[] { shape.Vertical.PaddingBefore, shape.Horizontal.PaddingBefore };
        long* after = stackalloc long[] { shape.Vertical.PaddingAfter, shape.Horizontal.PaddingAfter };
        fixed (byte* src = source, wei = weights, dst = destination, op = operation)
        {
            int propagation = pass == ConvolutionPassName.Forward ? DnnlNative.ForwardInference : DnnlNative.ForwardTraining;
            DnnlNative.Check(
                DnnlNative.InitForward(op, propagation, DnnlNative.DirectConvolution, src, wei, null, dst, strides, dilates, before, after),
                "the descriptor of the forward pass");
            nint forward = CreatePrimitiveDescriptor(op, forwardHint: 0);
            if (pass == ConvolutionPassName.Forward)
            {
                return forward;
            }

            try
            {
                DnnlNative.Check(
                    pass == ConvolutionPassName.BackwardInput
                        ? DnnlNative.InitBackwardData(op, DnnlNative.DirectConvolution, src, wei, dst, strides, dilates, before, after)
                        : DnnlNative.InitBackwardWeights(op, DnnlNative.DirectConvolution, src, wei, null, dst, strides, dilates, before, after),
                    "the descriptor of the backward pass");
                return CreatePrimitiveDescriptor(op, forward);
            }
            finally
            {
                _ = DnnlNative.DestroyPrimitiveDescriptor(forward);
            }
        }
    }

    private nint CreatePrimitiveDescriptor(byte* operation, nint forwardHint)
    {
        DnnlNative.Check(
            DnnlNative.CreatePrimitiveDescriptor(out nint descriptor, operation, attributes: 0, engine, forwardHint), "dnnl_primitive_desc_create");
        return descriptor;
    }

    private static long[] Sizes(TensorShape sizes) => [.. sizes.Dimensions.ToArray().Select(size => (long)size)];
}
