using FastConv.Data;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Data;

public sealed class BilinearResizeTests
{
    // torch.nn.functional.interpolate(x, (newHeight, newWidth), mode="bilinear", antialias=True) of PyTorch 1.13, where x is [2, height, width] with
    // (7 i^2) mod 23 at place i.
    [Theory]
    [InlineData(5, 7, 3, 4, new[]
    {
        8.8912f, 10.4914f, 17.3257f, 16.6803f, 12.4392f, 14.3022f, 15.12f, 17.254f, 12.5578f, 11.9543f, 10.7714f, 16.2585f,
        16.2585f, 10.7714f, 11.9543f, 12.5578f, 17.254f, 15.12f, 14.3022f, 12.4392f, 16.6803f, 17.3257f, 10.4914f, 8.8912f,
    })]
    [InlineData(3, 4, 5, 6, new[]
    {
        0f, 3.5f, 6.6667f, 5.3333f, 11f, 17f, 8f, 8.9f, 10.1333f, 11.4667f, 15.2f, 18.6f, 20f, 17f, 15.3333f, 20.6667f, 21.5f, 21f, 14.6f, 14.6f,
        14.6333f, 14.7667f, 17.3f, 19.8f, 11f, 13f, 14.1667f, 10.8333f, 14.5f, 19f, 19f, 14.5f, 10.8333f, 14.1667f, 13f, 11f, 19.8f, 17.3f, 14.7667f,
        14.6333f, 14.6f, 14.6f, 21f, 21.5f, 20.6667f, 15.3333f, 17f, 20f, 18.6f, 15.2f, 11.4667f, 10.1333f, 8.9f, 8f, 17f, 11f, 5.3333f, 6.6667f, 3.5f, 0f,
    })]
    [InlineData(6, 3, 2, 5, new[]
    {
        13.75f, 14.55f, 15.75f, 13.275f, 11.625f, 16.375f, 15.475f, 14.125f, 16f, 17.25f,
        9.625f, 10.025f, 10.625f, 11f, 11.25f, 16.25f, 14.95f, 13f, 16f, 18f,
    })]
    [InlineData(9, 8, 1, 1, new[] { 13.9129f, 13.8811f })]
    public void Has_the_values_of_the_definition(int height, int width, int newHeight, int newWidth, float[] expected)
    {
        float[] result = TestTensors.NaNs(2 * newHeight * newWidth);
        BilinearResize.Apply(2, height, width, Source(2 * height * width), newHeight, newWidth, result);
        for (int index = 0; index < expected.Length; index++)
        {
            Assert.Equal(expected[index], result[index], 1e-4f);
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 3)]
    [InlineData(64, 65)]
    public void The_same_size_keeps_every_bit(int height, int width)
    {
        float[] source = Source(3 * height * width);
        float[] result = TestTensors.NaNs(source.Length);
        BilinearResize.Apply(3, height, width, source, height, width, result);
        Assert.Equal(source, result);
    }

    [Theory]
    [InlineData(1, 1, 5, 4)]
    [InlineData(100, 3, 7, 200)]
    [InlineData(2, 1000, 1, 1)]
    public void A_flat_image_stays_flat(int height, int width, int newHeight, int newWidth)
    {
        float[] source = new float[height * width];
        Array.Fill(source, 0.75f);
        float[] result = TestTensors.NaNs(newHeight * newWidth);
        BilinearResize.Apply(1, height, width, source, newHeight, newWidth, result);
        Assert.All(result, value => Assert.Equal(0.75f, value, 1e-6f));
    }

    // A ramp that ends within its last pixel: what is 2.5 pixels wide becomes 5, and the middles of the new ones are at 1/4, 3/4, 5/4 ...
    [Fact]
    public void An_image_may_end_within_the_last_row_and_column()
    {
        float[] ramp = [0.5f, 1.5f, 2.5f, 0.5f, 1.5f, 2.5f];
        float[] result = TestTensors.NaNs(10);
        BilinearResize.Apply(1, 2, 3, ramp, 2, 5, result, bottom: 2, right: 2.5);
        Assert.Equal([0.5f, 0.75f, 1.25f, 1.75f, 2.25f], result[..5]);
        BilinearResize.Apply(1, 3, 2, [0.5f, 0.5f, 1.5f, 1.5f, 2.5f, 2.5f], 5, 2, result, bottom: 2.5);
        Assert.Equal([0.5f, 0.5f, 0.75f, 0.75f, 1.25f, 1.25f, 1.75f, 1.75f, 2.25f, 2.25f], result);
        Assert.Throws<ArgumentOutOfRangeException>(() => BilinearResize.Apply(1, 2, 3, ramp, 2, 5, result, bottom: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => BilinearResize.Apply(1, 2, 3, ramp, 2, 5, result, right: 3.1));
    }

    [Fact]
    public void Refuses_spans_of_other_lengths()
    {
        Assert.Contains("source expects 6 elements, received 5", Assert.Throws<ArgumentException>(() => BilinearResize.Apply(1, 2, 3, new float[5], 1, 1, new float[1])).Message, StringComparison.Ordinal);
        Assert.Contains("result expects 4 elements, received 5", Assert.Throws<ArgumentException>(() => BilinearResize.Apply(1, 2, 3, new float[6], 2, 2, new float[5])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => BilinearResize.Apply(1, 0, 3, [], 2, 2, new float[4]));
    }

    private static float[] Source(int length) => [.. Enumerable.Range(0, length).Select(index => (float)(7L * index * index % 23))];
}
