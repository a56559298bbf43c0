using FastConv.Optimizers;
using FastConv.Tensors;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Optimizers;

public sealed class OptimizerErrorTests
{
    private static readonly Parameter[] Two = OptimizerCases.Parameters(3, 4);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(-1e-3)]
    [InlineData(1e39)]
    public void A_learning_rate_that_is_no_rate_is_refused_everywhere(double rate)
    {
        foreach (string name in Optimizer.Names)
        {
            Assert.Contains("LearningRate expects a finite number of at least 0", Refused(() => Optimizer.Create(name, Two, rate)), StringComparison.Ordinal);
            Optimizer optimizer = Optimizer.Create(name, Two, 0.5);
            Refused(() => optimizer.LearningRate = rate);
            Assert.Equal(0.5, optimizer.LearningRate);
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-0.1)]
    public void Weight_decay_and_epsilon_are_finite_and_not_negative(double bad)
    {
        Refused(() => new Sgd(Two, weightDecay: bad));
        Refused(() => new AdaGrad(Two, weightDecay: bad));
        Refused(() => new AdaGrad(Two, epsilon: bad));
        Refused(() => new AdaGrad(Two, learningRateDecay: bad));
        Refused(() => new RmsProp(Two, weightDecay: bad));
        Refused(() => new RmsProp(Two, epsilon: bad));
        Refused(() => new Adam(Two, weightDecay: bad));
        Refused(() => new Adam(Two, epsilon: bad));
        Refused(() => new AdamW(Two, weightDecay: bad));
        Assert.Contains("initialAccumulator", Refused(() => new AdaGrad(Two, initialAccumulator: bad)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-0.1)]
    [InlineData(1)]
    [InlineData(1.5)]
    public void Momentum_alpha_and_betas_are_at_least_0_and_below_1(double bad)
    {
        Assert.Contains("Sgd: Momentum expects", Refused(() => new Sgd(Two, momentum: bad)), StringComparison.Ordinal);
        Refused(() => new RmsProp(Two, momentum: bad));
        Refused(() => new RmsProp(Two, alpha: bad));
        Assert.Contains("Adam: Beta1 expects", Refused(() => new Adam(Two, beta1: bad)), StringComparison.Ordinal);
        Refused(() => new Adam(Two, beta2: bad));
        Refused(() => new AdamW(Two, beta1: bad));
        Refused(() => new AdamW(Two, beta2: bad));
    }

    [Fact]
    public void Nesterov_takes_a_momentum_and_no_dampening()
    {
        Assert.Contains("Nesterov expects a momentum above 0 and no dampening", Refused(() => new Sgd(Two, nesterov: true)), StringComparison.Ordinal);
        Refused(() => new Sgd(Two, momentum: 0.9, dampening: 0.1, nesterov: true));
        Refused(() => new Sgd(Two, momentum: 0.9, dampening: 1.1));
        Refused(() => new Sgd(Two, momentum: 0.9, dampening: double.NaN));
    }

    [Fact]
    public void No_parameter_or_one_of_them_twice_is_refused()
    {
        Assert.Contains("Adam: expects at least one parameter", Refused(() => new Adam([])), StringComparison.Ordinal);
        Assert.Contains("Sgd: expects every parameter once, received '1.weight' twice", Refused(() => new Sgd([Two[0], Two[1], Two[1]])), StringComparison.Ordinal);
        Refused(() => new Sgd(null!));
        Refused(() => new Sgd([null!]));
    }

    [Fact]
    public void Names_are_known_in_any_case_and_others_refused()
    {
        Assert.IsType<Sgd>(Optimizer.Create("SGD", Two, 0.1));
        Assert.Equal(0.9, Assert.IsType<Sgd>(Optimizer.Create("Momentum", Two, 0.1)).Options.Momentum);
        Assert.IsType<AdaGrad>(Optimizer.Create("adaGrad", Two, 0.1));
        Assert.IsType<RmsProp>(Optimizer.Create("rmsprop", Two, 0.1));
        Assert.IsType<Adam>(Optimizer.Create("Adam", Two, 0.1));
        Assert.IsType<AdamW>(Optimizer.Create("adamw", Two, 0.1));
        Assert.All(Optimizer.Names, name => Assert.Equal(0.1, Optimizer.Create(name, Two, 0.1).LearningRate));
        string message = Refused(() => Optimizer.Create("lion", Two, 0.1));
        Assert.Contains("one of sgd, momentum, adagrad, rmsprop, adam, adamw, received 'lion'", message, StringComparison.Ordinal);
        Refused(() => Optimizer.Create(null!, Two, 0.1));
    }

    [Fact]
    public void A_negative_step_count_is_refused() => Refused(() => new Adam(Two).StepCount = -1);

    private static string Refused(Func<object> call) => Assert.ThrowsAny<ArgumentException>(call).Message;
}
