using FastConv.Cli.Models;

namespace FastConv.Benchmarks.Steps;

/// <summary>The networks of the command that are trained and asked in this comparison.</summary>
internal static class Networks
{
    /// <summary>The one whose memory is compared too.</summary>
    public const string Measured = "catdog";

    private static readonly string[] Trained = ["lenet", "lenet5", "minimal", Measured, "vgg", "resnet20"];
    private static readonly string[] Asked = ["lenet", "lenet5", "minimal", Measured, "vgg"];
    private static readonly int[] AskedBatches = [1, 64];

    /// <summary>Training steps, of the recipe's batch where none is given.</summary>
    public static IEnumerable<StepCase> Steps(int? batch) =>
        Trained.Select(Find).Select(recipe => new TrainingStepCase(recipe, batch ?? recipe.BatchSize));

    /// <summary>Predictions of one image and of many.</summary>
    public static IEnumerable<StepCase> Predictions(int? batch) =>
        from recipe in Asked.Select(Find)
        from images in batch is { } given ? [given] : AskedBatches
        select new PredictCase(recipe, images);

    private static ModelRecipe Find(string name) => ModelRegistry.Find(name)!;
}
