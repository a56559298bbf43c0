using System.Diagnostics;
using System.Numerics;
using FastConv.Shapes;
using FastConv.Simd;

namespace FastConv.Kernels.Pooling;

/// <summary>Max pooling of whole planes, backward.</summary>
internal static unsafe class MaxPool2dBackward
{
    /// <summary>Floats of scratch.</summary>
    public static int ScratchLength(Pool2dShape shape) => MaxPool3x3Backward.CanDo(shape) ? MaxPool3x3Backward.ScratchLength(shape) : 0;

    /// <summary>gradInput = for every pixel the gradients of the windows that chose it.</summary>
    /// <param name="shape">Its batch is not read.</param>
    /// <param name="planes">How many planes follow each other in the buffers.</param>
    /// <param name="gradOutput">[planes, output height, output width].</param>
    /// <param name="argmax">As gradOutput; every entry is known to be good.</param>
    /// <param name="gradInput">[planes, height, width], overwritten.</param>
    /// <param name="scratch">Unknown contents.</param>
    public static void Run<TIndex>(Pool2dShape shape, int planes, float* gradOutput, TIndex* argmax, float* gradInput, float* scratch)
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        Debug.Assert(MaxPool2dArgmax.FindInvalid(shape, planes, argmax) < 0);
        if (MaxPool2x2Forward.CanDo(shape) || MaxPool3x3Backward.CanDo(shape))
        {
            var call = new PlanesCall(shape, planes, gradOutput, (byte*)argmax, gradInput, scratch);
            SimdDispatch.RunAtMost(shape.Horizontal.Output, ref call);
            return;
        }

        for (int plane = 0; plane < planes; plane++)
        {
            nint index = (nint)plane * shape.OutputPlane;
            MaxPool2dScatter.Plane(shape, gradOutput + index, argmax + index, gradInput + (nint)plane * shape.InputPlane);
        }
    }

    private readonly struct PlanesCall(Pool2dShape shape, int planes, float* gradOutput, byte* argmax, float* gradInput, float* scratch) : ISimdOperation
    {
        public void Invoke<V>()
            where V : struct, IVector<V>
        {
            bool is2x2 = MaxPool2x2Forward.CanDo(shape);
            if (!is2x2)
            {
                MaxPool3x3Backward.Prepare(shape, scratch);
            }

            for (int plane = 0; plane < planes; plane++)
            {
                nint index = (nint)plane * shape.OutputPlane;
                float* image = gradInput + (nint)plane * shape.InputPlane;
                if (is2x2)
                {
                    MaxPool2x2Backward.Plane<V>(shape, gradOutput + index, argmax + index, image);
                }
                else
                {
                    MaxPool3x3Backward.Plane<V>(shape, gradOutput + index, argmax + index, image, scratch);
                }
            }
        }
    }
}
