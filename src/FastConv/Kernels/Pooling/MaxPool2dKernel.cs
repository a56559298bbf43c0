using System.Diagnostics;
using FastConv.Shapes;
using FastConv.Simd;

namespace FastConv.Kernels.Pooling;

/// <summary>
/// Max pooling of whole planes, forward. As in PyTorch the first of equal maxima wins, and NaN wins over everything (the last one, where
/// there are several). The common windows have bodies of their own that know numbers only; a plane where they meet something else is
/// done again by the one for all windows.
/// </summary>
internal static unsafe class MaxPool2dKernel
{
    /// <summary>Floats of scratch that forward needs.</summary>
    public static int ScratchLength(Pool2dShape shape) => checked(MaxPool3x3Forward.ScratchLength(shape) + MaxPoolWindows.ScratchLength(shape));

    /// <summary>output = the maximum of each window, argmax = its tap kh * window width + kw.</summary>
    /// <param name="shape">Its batch is not read.</param>
    /// <param name="planes">How many planes follow each other in the buffers.</param>
    /// <param name="input">[planes, height, width].</param>
    /// <param name="output">[planes, output height, output width].</param>
    /// <param name="argmax">As output, each as large as the shape says, or null where nobody will go back.</param>
    /// <param name="scratch">Unknown contents.</param>
    public static void Forward(Pool2dShape shape, int planes, float* input, float* output, void* argmax, float* scratch)
    {
        Debug.Assert(planes > 0 && shape.WindowLength <= Pool2dShape.MaxWindowLength);
        if (argmax == null)
        {
            Forward<NoTaps>(shape, planes, input, output, argmax, scratch);
        }
        else if (shape.ArgmaxSize == sizeof(byte))
        {
            Forward<ByteTaps>(shape, planes, input, output, argmax, scratch);
        }
        else
        {
            Forward<IntTaps>(shape, planes, input, output, argmax, scratch);
        }
    }

    // Over vectors that a row of windows fills, so that a row ends in one that overlaps and needs no masks.
    private static void Forward<TTaps>(Pool2dShape shape, int planes, float* input, float* output, void* argmax, float* scratch)
        where TTaps : struct, ITapStore
    {
        var call = new PlanesCall<TTaps>(shape, planes, input, output, argmax, scratch);
        SimdDispatch.RunAtMost(shape.Horizontal.Output, ref call);
    }

    private readonly struct PlanesCall<TTaps>(Pool2dShape shape, int planes, float* input, float* output, void* argmax, float* scratch) : ISimdOperation
        where TTaps : struct, ITapStore
    {
        public void Invoke<V>()
            where V : struct, IVector<V>
        {
            bool is2x2 = MaxPool2x2Forward.CanDo(shape);
            bool is3x3 = MaxPool3x3Forward.CanDo(shape);
            MaxPoolWindows windows = default;
            bool isLaidOut = false;
            for (int plane = 0; plane < planes; plane++)
            {
                float* image = input + (nint)plane * shape.InputPlane;
                nint index = (nint)plane * shape.OutputPlane;
                bool isDone = is2x2 ? MaxPool2x2Forward.Plane<V, TTaps>(shape, image, output, argmax, index)
                    : is3x3 && MaxPool3x3Forward.Plane<V, TTaps>(shape, image, output, argmax, index, scratch);
                if (isDone)
                {
                    continue;
                }

                if (!isLaidOut)
                {
                    windows = new MaxPoolWindows(shape, scratch + MaxPool3x3Forward.ScratchLength(shape));
                    isLaidOut = true;
                }

                windows.Plane<V, TTaps>(image, output, argmax, index);
            }
        }
    }
}
