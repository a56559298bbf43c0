using FastConv.Shapes;

namespace FastConv.Tests.Shapes;

public sealed class GemmShapeTests
{
    [Fact]
    public void MultiplyAdds_AreTheProductAndSaturate()
    {
        Assert.Equal(6, new GemmShape(1, 2, 3).MultiplyAdds);
        Assert.Equal(1L << 60, new GemmShape(1 << 20, 1 << 20, 1 << 20).MultiplyAdds);
        Assert.Equal(long.MaxValue, new GemmShape(int.MaxValue, int.MaxValue, int.MaxValue).MultiplyAdds);
        Assert.Equal("1x2x3", new GemmShape(1, 2, 3).ToString());
    }

    [Theory]
    [InlineData(0, 1, 1, "m")]
    [InlineData(1, -1, 1, "n")]
    [InlineData(1, 1, 0, "k")]
    public void SizesBelowOne_AreRefused(int m, int n, int k, string parameter) =>
        Assert.Equal(parameter, Assert.Throws<ArgumentOutOfRangeException>(() => new GemmShape(m, n, k)).ParamName);
}
