using FastConv.Layers;
using FastConv.Primitives;
using FastConv.Tensors;
using static FastConv.Tests.Hostile.HostileRow;
using static FastConv.Tests.Hostile.HostileWeakness;

namespace FastConv.Tests.Hostile;

/// <summary>Layers with impossible arguments, and inputs that no layer takes.</summary>
internal static class LayerRows
{
    public static HostileRow[] All =>
    [
        Argument("new Conv2d", "groups that divide no channels", "groups expects a divisor of both channel counts", call => _ = new Conv2d(4, 6, 3, groups: 3), ShapeRows.ConvolutionDivisors),
        Range("new Conv2d", "groups 0", "groups", call => _ = new Conv2d(4, 4, 3, groups: 0), ShapeRows.ConvolutionDivisors),
        Range("new Conv2d", "channels 0", "inChannels", call => _ = new Conv2d(0, 4, 3), ShapeRows.EmptyFilters),
        Range("new Conv2d", "stride 0", "stride expects at least 1, received 0x0", call => _ = new Conv2d(3, 4, 3, stride: 0), ShapeRows.ConvolutionDivisors),
        Range("new Conv2d", "negative kernel", "kernelSize expects at least 1", call => _ = new Conv2d(3, 4, -3), Negative),
        Range("new Conv2d", "negative padding", "padding expects at least 0", call => _ = new Conv2d(3, 4, 3, padding: -1), Negative),
        Argument("new Conv2d", "a weight beyond the largest array", "more elements than one array can hold", call => _ = new Conv2d(1 << 16, 1 << 16, 3), Overflow),
        Range("Conv2d.Lazy", "no output channels", "outChannels", _ => Conv2d.Lazy(0, 3), ShapeRows.EmptyFilters),
        Range("Conv2d.Lazy", "dilation 0", "dilation expects at least 1", _ => Conv2d.Lazy(4, 3, dilation: 0), ShapeRows.ConvolutionDivisors),
        Argument("Conv2d.BackwardInputAlgorithm", "one that there is not", "cannot do", _ => Step(new Conv2d(1, 1, 3) { BackwardInputAlgorithm = (ConvolutionAlgorithm)99 }, 1, 1, 4, 4), Enumeration),
        Argument("Conv2d.BackwardWeightAlgorithm", "one that there is not", "cannot do", _ => Step(new Conv2d(1, 1, 3) { BackwardWeightAlgorithm = (ConvolutionAlgorithm)99 }, 1, 1, 4, 4), Enumeration),
        Range("new Linear", "features 0", "inFeatures", call => _ = new Linear(0, 4), ZeroDivisor),
        Argument("new Linear", "a weight beyond the largest array", "more elements than one array can hold", call => _ = new Linear(1 << 16, 1 << 16), Overflow),
        Range("Linear.Lazy", "negative features", "outFeatures", _ => Linear.Lazy(-1), Negative),
        Range("new MaxPool2d", "window 0", "kernelSize expects at least 1", call => _ = new MaxPool2d(0), ShapeRows.NegativeWindows),
        Range("new MaxPool2d", "stride -1", "stride expects at least 1", call => _ = new MaxPool2d(2, -1), ShapeRows.PoolDivisors),
        Argument("new MaxPool2d", "a window of 2^32 taps, which is 0 in 32 bits", "kernelSize expects at most 16777216 taps", call => _ = new MaxPool2d(1 << 16), Overflow),
        Range("new AvgPool2d", "window -2", "kernelSize expects at least 1", call => _ = new AvgPool2d(-2), ShapeRows.NegativeWindows),
        Argument("new AvgPool2d", "a window of 2^32 taps, which is 0 in 32 bits", "kernelSize expects at most 16777216 taps", call => _ = new AvgPool2d(1 << 16), Overflow),
        Range("new BatchNorm1d", "channels 0", "channels", call => _ = new BatchNorm1d(0), ZeroDivisor),
        Argument("new BatchNorm1d", "epsilon NaN", "epsilon expects a finite number above 0", call => _ = new BatchNorm1d(3, float.NaN), NotFinite),
        Range("new BatchNorm2d", "channels -1", "channels", call => _ = new BatchNorm2d(-1), Negative),
        Argument("new BatchNorm2d", "momentum 2", "momentum expects a number from 0 to 1", call => _ = new BatchNorm2d(3, momentum: 2), Negative),
        Argument("BatchNorm1d.Lazy", "epsilon 0", "epsilon expects a finite number above 0", _ => BatchNorm1d.Lazy(0), ZeroDivisor),
        Argument("BatchNorm2d.Lazy", "momentum NaN", "momentum expects a number from 0 to 1", _ => BatchNorm2d.Lazy(momentum: float.NaN), NotFinite),
        Range("new Dropout", "probability NaN", "probability expects a number from 0 to 1", call => _ = new Dropout(float.NaN), NotFinite),
        Defined("Dropout.Passes", "long.MaxValue, then a pass more", "a mask like any other", _ => Step(new Dropout { Passes = long.MaxValue }, 2, 3), Overflow),
        Defined("Dropout.Seed", "long.MinValue", "a mask like any other", _ => Step(new Dropout { Seed = long.MinValue }, 2, 3), Negative),
        Argument("new Flatten", "a first axis behind the last", "the first axis 3 is behind the last, 1", call => _ = new Flatten(3, 1), BadIndex),
        Argument("new Flatten", "axes of int.MinValue, on an input", "expect an input that has them", _ => new Flatten(int.MinValue, int.MinValue).Forward(new Tensor(2, 3)), BadIndex),
        Argument("new GELU", "an approximation that there is not", "approximate expects None or Tanh", call => _ = new GELU((GELUApproximation)9), Enumeration),
        Argument("new LeakyReLU", "slope NaN", "negativeSlope expects a finite number", call => _ = new LeakyReLU(float.NaN), NotFinite),
        .. from layer in (Layer[])[new Conv2d(3, 4, 3), new MaxPool2d(2), new AvgPool2d(2), new GlobalAvgPool2d(), new BatchNorm2d(3)]
           select Argument($"{layer.GetType().Name}.OutputShape", "a matrix where images are expected", "expects [batch, channels, height, width], input is [2, 3]", _ => layer.OutputShape([2, 3]), BadIndex),
        Argument("Conv2d.OutputShape", "images of other channels", "weight expects 3 input channels, input is [1, 5, 8, 8]", _ => new Conv2d(3, 4, 3).OutputShape([1, 5, 8, 8]), ShortBuffer),
        Argument("Conv2d.OutputShape", "images smaller than the kernel", "input is [1, 3, 2, 2]: a window of 3", _ => new Conv2d(3, 4, 3).OutputShape([1, 3, 2, 2]), ShortBuffer),
        Argument("Conv2d.OutputShape", "a scalar", "expects [batch, channels, height, width]", _ => new Conv2d(3, 4, 3).OutputShape(default), BadIndex),
        Argument("Linear.OutputShape", "rows of other features", "weight expects 3 input features, input is [2, 4]", _ => new Linear(3, 2).OutputShape([2, 4]), ShortBuffer),
        Argument("Linear.OutputShape", "a scalar", "expects [batch, ..., features], input is []", _ => new Linear(3, 2).OutputShape(default), BadIndex),
        Argument("BatchNorm1d.OutputShape", "four axes", "expects [batch, channels] or [batch, channels, length]", _ => new BatchNorm1d(3).OutputShape([1, 3, 2, 2]), BadIndex),
        Argument("BatchNorm2d.OutputShape", "images of other channels", "expects 3 channels, input is [1, 5, 2, 2]", _ => new BatchNorm2d(3).OutputShape([1, 5, 2, 2]), ShortBuffer),
        Argument("MaxPool2d.OutputShape", "images smaller than the window", "input is [1, 1, 1, 1]: a window of 2", _ => new MaxPool2d(2).OutputShape([1, 1, 1, 1]), ShortBuffer),
        Argument("Softmax.OutputShape", "three axes", "expects [batch, classes], input is [1, 2, 3]", _ => new Softmax().OutputShape([1, 2, 3]), BadIndex),
        Argument("LogSoftmax.OutputShape", "a scalar", "expects [batch, classes], input is []", _ => new LogSoftmax().OutputShape(default), BadIndex),
        Argument("Flatten.OutputShape", "an input without the axes", "expect an input that has them in this order, input is [2, 3]", _ => new Flatten(2, 3).OutputShape([2, 3]), BadIndex),
    ];

    private static void Step(Layer layer, params int[] dimensions)
    {
        var input = new Tensor(dimensions);
        Tensor output = layer.Forward(input);
        layer.Backward(new Tensor(output.Shape));
    }
}
