using FastConv.Layers;
using FastConv.Primitives;

namespace FastConv.Tests.Layers;

public sealed class SummaryTests
{
    [Fact]
    public void The_table_lists_layers_shapes_parameters_work_and_memory_with_totals()
    {
        var model = new Sequential(
            new Conv2d(1, 32, kernelSize: 3, padding: 1),
            new Residual(new Sequential(new ReLU())),
            new Flatten(),
            Linear.Lazy(10));
        Assert.Equal(
            """
            Layer          Output shape     Algorithm  Parameters  Multiply-adds  Output memory
            -----------------------------------------------------------------------------------
            0 Conv2d       [1, 32, 28, 28]  Depthwise         320        225,792       98.0 KiB
            1 Residual     [1, 32, 28, 28]                      0              0       98.0 KiB
            1.body.0 ReLU  [1, 32, 28, 28]                      0              0       98.0 KiB
            2 Flatten      [1, 25088]                           0              0            0 B
            3 Linear       [1, 10]                        250,890        250,880           40 B
            -----------------------------------------------------------------------------------
            Total          [1, 10]                        251,210        476,672      294.0 KiB
            Input [1, 1, 28, 28], parameter memory 981.3 KiB, outputs and gradients of a training step 490.1 KiB.
            """.ReplaceLineEndings("\n"),
            model.Summary(1, 28, 28));
        Assert.Equal(476_672, model.MultiplyAdds([1, 1, 28, 28]));
        Assert.Equal(3 * 476_672, model.MultiplyAdds([3, 1, 28, 28]));
    }

    [Theory]
    [InlineData(1, ConvolutionPrecision.Default, "ImplicitGemm")]
    [InlineData(8, ConvolutionPrecision.Default, "Winograd4x4")]
    [InlineData(8, ConvolutionPrecision.Strict, "ImplicitGemm")]
    public void The_algorithm_is_that_of_the_batch_and_the_precision(int batch, ConvolutionPrecision precision, string algorithm)
    {
        var model = new Sequential(new Conv2d(16, 16, 3, padding: 1, options: new() { Precision = precision }));
        Assert.Contains($"  {algorithm}  ", model.SummaryFor([batch, 16, 8, 8]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_layer_has_no_path_and_a_sample_that_does_not_fit_is_refused()
    {
        Assert.Contains("\nReLU   [1, 3] ", new ReLU().Summary(3), StringComparison.Ordinal);
        string message = Assert.ThrowsAny<ArgumentException>(() => new Sequential(new Conv2d(3, 1, 1)).Summary(1, 28, 28)).Message;
        Assert.Equal("Conv2d '0': weight expects 3 input channels, input is [1, 1, 28, 28]", message);
    }
}
