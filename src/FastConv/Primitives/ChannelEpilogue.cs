using FastConv.Kernels.Elementwise;

namespace FastConv.Primitives;

/// <summary>What follows the sums of an output: the bias of its channel, then the activation.</summary>
internal static unsafe class ChannelEpilogue
{
    /// <param name="planes">[channels, plane]; changed in place.</param>
    /// <param name="channels">How many channels.</param>
    /// <param name="plane">Elements of one channel.</param>
    /// <param name="bias">[channels], or null for none.</param>
    /// <param name="activation">Applied to every element after the bias.</param>
    public static void Apply(float* planes, int channels, int plane, float* bias, Activation activation)
    {
        if (bias != null)
        {
            for (int channel = 0; channel < channels; channel++)
            {
                float* first = planes + (nint)channel * plane;
                MapKernel.Unary(new AddScalarOperator(bias[channel]), first, first, plane);
            }
        }

        if (activation == Activation.ReLU)
        {
            MapKernel.Unary(default(ReLUOperator), planes, planes, channels * plane);
        }
    }
}
