using FastConv.Shapes;

namespace FastConv.Tests.Shapes;

public sealed class PaddingTests
{
    [Fact]
    public void Conversions_FollowPyTorch()
    {
        Padding all = 2;
        Padding pair = (1, 3);

        Assert.Equal(Padding.Sides(2, 2, 2, 2), all);
        Assert.Equal(Padding.Sides(1, 1, 3, 3), pair);
        Assert.Equal(Padding.Valid, (Padding)0);
        Assert.NotEqual(Padding.Valid, Padding.Same);
        Assert.Equal(new Size2d(4, 4), (Size2d)4);
        Assert.Equal(new Size2d(4, 5), (Size2d)(4, 5));
    }

    [Fact]
    public void ToString_SaysTheRuleOrTheNumbers()
    {
        Assert.Equal("same", Padding.Same.ToString());
        Assert.Equal("1x3", ((Padding)(1, 3)).ToString());
        Assert.Equal("[1, 2, 3, 4]", Padding.Sides(1, 2, 3, 4).ToString());
        Assert.Equal("4x5", new Size2d(4, 5).ToString());
    }
}
