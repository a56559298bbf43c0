using FastConv.Shapes;

namespace FastConv.Tests.Cases;

/// <summary>A convolution by name, with values for everything that goes into its three passes.</summary>
internal sealed class ConvCase
{
    public ConvCase(string name, Conv2dShape shape)
        : this(
            name,
            shape,
            TestTensors.Random(1, shape.InputShape.Length),
            TestTensors.Random(2, shape.WeightShape.Length),
            TestTensors.Random(3, shape.OutChannels),
            TestTensors.Random(4, shape.OutputShape.Length))
    {
    }

    public ConvCase(string name, Conv2dShape shape, float[] input, float[] weight, float[] bias, float[] gradOutput) =>
        (Name, Shape, Input, Weight, Bias, GradOutput) = (name, shape, input, weight, bias, gradOutput);

    public string Name { get; }

    public Conv2dShape Shape { get; }

    public float[] Input { get; }

    public float[] Weight { get; }

    public float[] Bias { get; }

    public float[] GradOutput { get; }

    /// <summary>Products in one element of each pass's result, the additions between partial sums counted generously.</summary>
    public int ForwardTerms => Shape.PatchLength + 1;

    public int BackwardInputTerms => Shape.GroupOutChannels * Shape.Vertical.Window * Shape.Horizontal.Window + 1;

    public int BackwardWeightTerms => Shape.Batch * Shape.OutputPlane + 16;

    public override string ToString() => $"{Name}: {Shape}";
}
