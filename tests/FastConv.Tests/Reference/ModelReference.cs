using FastConv.Layers;
using FastConv.Primitives;
using FastConv.Shapes;
using FastConv.Tensors;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Reference;

/// <summary>A whole model in double precision, layer by layer, in training mode; what finite differences of a loss are taken of.</summary>
internal sealed class ModelReference
{
    private readonly Dictionary<Parameter, double[]> _values = [];

    /// <summary>A copy of the model's parameters in double precision, to be read and changed by <see cref="ValuesOf"/>.</summary>
    public ModelReference(Layer model)
    {
        foreach (Parameter parameter in model.Parameters)
        {
            _values[parameter] = TestTensors.ToDouble(parameter.Value.Span);
        }
    }

    public double[] ValuesOf(Parameter? parameter) => parameter is null ? [] : _values[parameter];

    public double[] Forward(Layer layer, TensorShape shape, double[] x) => layer switch
    {
        Sequential chain => Chain(chain, shape, x),
        Residual residual => [.. Forward(residual.Children[0], shape, x).Zip(
            residual.Children.Count == 1 ? x : Forward(residual.Children[1], shape, x), (body, shortcut) => body + shortcut)],
        Concat concat => Join(concat, shape, x),
        Conv2d conv => Conv2dReference.Forward(
            Conv2dShape.Create(shape[0], shape[1], shape[2], shape[3], conv.OutChannels, conv.KernelSize, conv.Stride, conv.Padding, conv.Dilation, conv.Groups),
            x,
            ValuesOf(conv.Weight),
            conv.Bias is null ? null : ValuesOf(conv.Bias)),
        Linear linear => LinearReference.Forward(
            shape[0], linear.InFeatures, linear.OutFeatures, x, ValuesOf(linear.Weight), linear.Bias is null ? null : ValuesOf(linear.Bias)),
        BatchNormLayer norm => BatchNormReference.ForwardTraining(
            BatchNormShape.Create(shape[0], shape[1], shape.Length / shape[0] / shape[1]), x, ValuesOf(norm.Weight), ValuesOf(norm.Bias), norm.Epsilon),
        MaxPool2d pool => MaxPool2dReference.Forward(PoolShape(pool, shape), x).Output,
        AvgPool2d pool => AvgPool2dReference.Forward(PoolShape(pool, shape), x, pool.CountIncludePad),
        GlobalAvgPool2d => [.. x.Chunk(shape[2] * shape[3]).Select(plane => plane.Average())],
        Flatten => x,
        ReLU => [.. x.Select(ActivationReference.ReLU)],
        Tanh => [.. x.Select(ActivationReference.Tanh)],
        Sigmoid => [.. x.Select(ActivationReference.Sigmoid)],
        LeakyReLU leaky => [.. x.Select(value => ActivationReference.LeakyReLU(value, leaky.NegativeSlope))],
        SiLU => [.. x.Select(ActivationReference.SiLU)],
        HardSigmoid => [.. x.Select(ActivationReference.HardSigmoid)],
        HardSwish => [.. x.Select(ActivationReference.HardSwish)],
        GELU gelu => [.. x.Select(value => gelu.Approximate == GELUApproximation.Tanh ? ActivationReference.GELUTanh(value) : ActivationReference.GELU(value))],
        LogSoftmax => SoftmaxReference.LogSoftmax(shape[1], x),
        _ => throw new ArgumentException($"there is no reference for {layer}."),
    };

    private static Pool2dShape PoolShape(Pool2dLayer pool, TensorShape shape) =>
        Pool2dShape.Create(shape[0], shape[1], shape[2], shape[3], pool.KernelSize, pool.Stride, pool.Padding, pool.Dilation);

    private double[] Chain(Sequential chain, TensorShape shape, double[] x)
    {
        foreach (Layer layer in chain.Children)
        {
            x = Forward(layer, shape, x);
            shape = layer.OutputShape(shape);
        }

        return x;
    }

    private double[] Join(Concat concat, TensorShape shape, double[] x)
    {
        var samples = new List<double>[shape[0]];
        for (int n = 0; n < samples.Length; n++)
        {
            samples[n] = [];
        }

        foreach (Layer branch in concat.Children)
        {
            double[] part = Forward(branch, shape, x);
            int length = part.Length / samples.Length;
            for (int n = 0; n < samples.Length; n++)
            {
                samples[n].AddRange(part[(n * length)..((n + 1) * length)]);
            }
        }

        return [.. samples.SelectMany(sample => sample)];
    }
}
