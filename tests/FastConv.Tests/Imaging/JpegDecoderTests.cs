using FastConv.Imaging;
using FastConv.Tensors;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Imaging;

public sealed class JpegDecoderTests
{
    [CodecTheory]
    [InlineData(0, 0, 8, 12)]
    [InlineData(8, 12, 8, 12)]
    [InlineData(9, 1, 8, 12)]
    [InlineData(4, 6, 4, 6)]
    [InlineData(5, 6, 5, 8)]
    [InlineData(1, 7, 5, 8)]
    [InlineData(1, 2, 1, 2)]
    [InlineData(1, 1, 1, 2)]
    public void Decodes_in_the_smallest_size_that_is_large_enough(int wantedHeight, int wantedWidth, int height, int width)
    {
        using PixelBuffer pixels = JpegDecoder.Decode(ImageFiles.Bytes("jpeg colour"), "photo", wantedHeight, wantedWidth, maxPixels: 96);
        Assert.Equal((height, width), (pixels.Height, pixels.Width));
        Assert.Equal(3 * height * width, pixels.Rgb.Length);
    }

    // What Pillow 9.4 decodes: the mean of each channel, and resize((4, 4), BILINEAR). The latter is of the whole picture; here one is decoded that
    // has an eighth of its sides.
    [CodecPhoto]
    [InlineData("cat/cat.0.jpg", 500, 374, new[] { 167.6772, 129.7682, 61.8942 }, "e7bb6eeeb766f3cb75fadd91d8ad5dd69639d7993eedcb7f95732d875d17845a16795d2872551b523506472e05211904")]
    [InlineData("dog/dog.99.jpg", 500, 374, new[] { 133.4940, 93.9738, 54.5728 }, "6a4d328b65368a6031563a23564029a978469c6c3b3d2b1c9e6f309976578b684c5c412aba8037a8734ca66f4798622d")]
    [InlineData("dog/dog.1174.jpg", 74, 50, new[] { 159.3624, 143.8430, 130.6159 }, "a28a76afa898aaa2909c784db9b5b487858667656394704bc2c3c89f989b8d8689a67645a1a1a8a59496928d91ac7f56")]
    public void Photos_are_what_another_program_sees(string name, int width, int height, double[] means, string resized)
    {
        string path = Path.Combine(DataFolder.Find("cats-dogs", out _)!, name);
        RgbImage image = ImageFile.Decode(path);
        Assert.Equal((width, height), (image.Width, image.Height));
        byte[] pixels = image.Pixels.ToArray();
        for (int channel = 0; channel < 3; channel++)
        {
            Assert.Equal(means[channel], pixels.Where((_, index) => index % 3 == channel).Average(value => (double)value), 0.02);
        }

        Tensor tensor = ImageFile.ToTensor(path, 4, 4);
        byte[] expected = Convert.FromHexString(resized);
        for (int index = 0; index < expected.Length; index++)
        {
            Assert.Equal(expected[index], 255 * tensor[index % 3, index / 12, index / 3 % 4], 4.5);
        }
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class CodecPhotoAttribute : TheoryAttribute
    {
        public CodecPhotoAttribute() => Skip = DataFolder.Find("cats-dogs", out string reason) is null ? reason : CodecTheoryAttribute.Missing;
    }
}
