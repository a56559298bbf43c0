using FastConv.Tensors;

namespace FastConv.Tests.Tensors;

public sealed class LayoutsTests
{
    // Element (a, b, c, d) of a tensor is its place in that tensor.
    private static readonly Tensor Numbered = Tensor.From([.. Enumerable.Range(0, 2 * 3 * 4 * 5).Select(index => (float)index)], 2, 3, 4, 5);

    [Fact]
    public void NhwcToNchw_moves_channels_before_the_plane() => AssertMoved(Layouts.NhwcToNchw(Numbered), [2, 5, 3, 4], (n, c, h, w) => Numbered[n, h, w, c]);

    [Fact]
    public void NchwToNhwc_moves_them_back()
    {
        AssertMoved(Layouts.NchwToNhwc(Numbered), [2, 4, 5, 3], (n, h, w, c) => Numbered[n, c, h, w]);
        Assert.Equal(Numbered.Values, Layouts.NchwToNhwc(Layouts.NhwcToNchw(Numbered)).Values);
    }

    [Fact]
    public void HwioToOihw_reverses_plane_and_channels() => AssertMoved(Layouts.HwioToOihw(Numbered), [5, 4, 2, 3], (o, i, h, w) => Numbered[h, w, i, o]);

    [Fact]
    public void OihwToHwio_reverses_them_back()
    {
        AssertMoved(Layouts.OihwToHwio(Numbered), [4, 5, 3, 2], (h, w, i, o) => Numbered[o, i, h, w]);
        Assert.Equal(Numbered.Values, Layouts.OihwToHwio(Layouts.HwioToOihw(Numbered)).Values);
    }

    [Fact]
    public void Bytes_of_an_image_are_moved_too()
    {
        byte[] planes = new byte[6];
        Layouts.NhwcToNchw<byte>(1, 1, 2, 3, [1, 2, 3, 4, 5, 6], planes);
        Assert.Equal([1, 4, 2, 5, 3, 6], planes);
        Assert.Throws<ArgumentException>(() => Layouts.NhwcToNchw<byte>(1, 1, 2, 3, new byte[5], new byte[6]));
        Assert.Throws<ArgumentException>(() => Layouts.NhwcToNchw<byte>(1, 1, 2, 3, new byte[6], new byte[7]));
    }

    [Fact]
    public void Refuses_other_ranks()
    {
        var matrix = new Tensor(2, 3);
        Assert.Contains("[batch, height, width, channels], received [2, 3]", Assert.Throws<ArgumentException>(() => Layouts.NhwcToNchw(matrix)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Layouts.NchwToNhwc(matrix));
        Assert.Throws<ArgumentException>(() => Layouts.HwioToOihw(matrix));
        Assert.Throws<ArgumentException>(() => Layouts.OihwToHwio(matrix));
    }

    private static void AssertMoved(Tensor moved, int[] sizes, Func<int, int, int, int, float> source)
    {
        Assert.Equal(sizes, moved.Shape.Dimensions.ToArray());
        for (int index = 0; index < moved.Length; index++)
        {
            int d = index % sizes[3];
            int c = index / sizes[3] % sizes[2];
            int b = index / sizes[3] / sizes[2] % sizes[1];
            Assert.Equal(source(index / sizes[3] / sizes[2] / sizes[1], b, c, d), moved.Values[index]);
        }
    }
}
