using FastConv.Tensors;

namespace FastConv.Tests.Tensors;

public sealed class ParameterTests
{
    [Fact]
    public void Parameter_StartsWithAZeroGradientOfItsShape()
    {
        var value = Tensor.From([1, 2, 3, 4], 2, 2);
        var parameter = new Parameter("3.weight", value);

        Assert.Same(value, parameter.Value);
        Assert.Equal(value.Shape, parameter.Gradient.Shape);
        Assert.Equal(new float[4], parameter.Gradient.Span);
        Assert.Equal("3.weight [2, 2]", parameter.ToString());
    }

    [Fact]
    public void NameAndValue_AreRequired()
    {
        Assert.Throws<ArgumentException>(() => new Parameter("", new Tensor(1)));
        Assert.Throws<ArgumentNullException>(() => new Parameter("weight", null!));
    }
}
