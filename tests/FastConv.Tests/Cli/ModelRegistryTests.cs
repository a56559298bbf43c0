using FastConv.Cli.Models;
using FastConv.Layers;
using FastConv.Losses;
using FastConv.Optimizers;
using FastConv.Tensors;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Cli;

public sealed class ModelRegistryTests
{
    public static TheoryData<string> Names => [.. ModelRegistry.All.Select(recipe => recipe.Name)];

    [Fact]
    public void Models_have_names_of_their_own()
    {
        Assert.Equal("lenet", ModelRegistry.Default.Name);
        Assert.Equal("lenet, lenet5, minimal, catdog, mlp, vgg, resnet20, resnet9, mobilenet-small", ModelRegistry.Names);
        Assert.Same(ModelRegistry.Default, ModelRegistry.Find("LeNet"));
        Assert.Same(ModelRegistry.Find("vgg"), ModelRegistry.Find("vgg-small"));
        Assert.Null(ModelRegistry.Find("lenet "));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_recipe_fits_its_model(string name)
    {
        ModelRecipe recipe = ModelRegistry.Find(name)!;
        Sequential model = recipe.Build(1);
        int columns = recipe.CreateLoss() is BceLoss ? 1 : recipe.Classes;
        Assert.Equal([5, columns], model.OutputShape(recipe.SampleShape.BatchOf(5)));
        Assert.Equal(recipe.LearningRate, Optimizer.Create(recipe.Optimizer, model.Parameters, recipe.LearningRate).LearningRate);
        Assert.Contains(recipe.Optimizer, Optimizer.Names);
    }

    [Theory]
    [InlineData("lenet", 421_642)]
    [InlineData("lenet5", 61_706)]
    [InlineData("minimal", 544)]
    [InlineData("catdog", 6_501_057)]
    [InlineData("mlp", 109_386)]
    [InlineData("vgg", 1_188_170)]
    [InlineData("resnet20", 272_474)]
    [InlineData("resnet9", 1_646_122)]
    [InlineData("mobilenet-small", 276_610)]
    public async Task Summary_lists_the_layers_and_their_parameters(string name, int parameters)
    {
        CommandRun run = await CommandRun.Run("summary", "--model", name);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal("", run.Error);
        Assert.StartsWith($"{name}: ", run.Output);
        Assert.Contains("trained by ", run.Output);
        Assert.Contains($"{parameters:N0}", run.Output);

        // A chain within the chain has no line of its own, its layers have.
        foreach (Layer layer in ModelRegistry.Find(name)!.Build(1).Children.Where(layer => layer is not Sequential))
        {
            Assert.Contains($"{layer.Path} {layer.GetType().Name}", run.Output);
        }
    }

    [Fact]
    public void Weights_follow_from_the_seed()
    {
        Assert.Equal(FirstWeights(1), FirstWeights(1));
        Assert.NotEqual(FirstWeights(1), FirstWeights(2));

        static float[] FirstWeights(long seed) => ModelRegistry.Default.Build(seed).Parameters[0].Value.Span.ToArray();
    }

    [Fact]
    public void Catdog_starts_as_its_recipe_says()
    {
        Sequential model = CatDog.Recipe.Build(1);
        var linear = (Linear)model[16];
        AssertDistribution(linear.Weight.Value, mean: 0, deviation: Math.Sqrt(2.0 / (3136 + 2048)));
        var convolution = (Conv2d)model[0];
        AssertDistribution(convolution.Weight.Value, mean: 0, deviation: Math.Sqrt(2.0 / ((3 + 16) * 121)));
        var normalization = (BatchNorm2d)model[12];
        AssertDistribution(normalization.Weight!.Value, mean: 1, deviation: 0.02);
        Assert.All(model.Parameters.Where(parameter => parameter.Name.EndsWith("bias", StringComparison.Ordinal)), bias => Assert.False(bias.Value.Span.ContainsAnyExcept(0f)));
    }

    // Within five standard errors of a normal sample of this size.
    private static void AssertDistribution(Tensor values, double mean, double deviation)
    {
        double[] sample = Array.ConvertAll(values.Span.ToArray(), value => (double)value);
        double error = 5 * deviation / Math.Sqrt(sample.Length);
        double center = sample.Average();
        Assert.InRange(center, mean - error, mean + error);
        Assert.InRange(Math.Sqrt(sample.Average(value => (value - center) * (value - center))), deviation - error, deviation + error);
    }
}
