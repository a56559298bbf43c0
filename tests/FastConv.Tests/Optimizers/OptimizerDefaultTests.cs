using FastConv.Primitives;

namespace FastConv.Tests.Optimizers;

/// <summary>What is not given is PyTorch's.</summary>
public sealed class OptimizerDefaultTests
{
    [Fact]
    public void Options_that_are_left_out_are_those_of_pytorch()
    {
        Assert.Equal(new SgdOptions { LearningRate = 1e-3, Momentum = 0, Dampening = 0, Nesterov = false, WeightDecay = 0 }, new SgdOptions());
        Assert.Equal(new AdaGradOptions { LearningRate = 1e-2, LearningRateDecay = 0, Epsilon = 1e-10, WeightDecay = 0 }, new AdaGradOptions());
        Assert.Equal(new RmsPropOptions { LearningRate = 1e-2, Alpha = 0.99, Epsilon = 1e-8, WeightDecay = 0, Momentum = 0, Centered = false }, new RmsPropOptions());
        Assert.Equal(
            new AdamOptions { LearningRate = 1e-3, Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8, WeightDecay = 0, DecoupledWeightDecay = false }, new AdamOptions());
    }
}
