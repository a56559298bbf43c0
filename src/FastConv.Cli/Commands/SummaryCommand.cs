using System.CommandLine;
using System.Globalization;
using FastConv.Cli.Models;

namespace FastConv.Cli.Commands;

/// <summary><c>fastconv summary</c>: a model's layers, sizes and cost.</summary>
internal static class SummaryCommand
{
    public static Command Create(Terminal terminal)
    {
        Option<ModelRecipe?> model = ModelOption.Create();
        Option<int?> batch = ValueOptions.Whole("--batch", "Images of the batch that sizes and algorithms are for (1)", 1, int.MaxValue);
        var command = new Command("summary", "Print a model's layers: output shapes, algorithms, parameters, multiply-adds, memory.") { model, batch };
        command.SetAction(parsed =>
        {
            ModelRecipe recipe = parsed.GetValue(model) ?? ModelRegistry.Default;
            terminal.Output.WriteLine($"{recipe.Name}: {recipe.Description}");
            terminal.Output.WriteLine($"trained by {Recipe(recipe)}");
            terminal.Output.WriteLine();
            terminal.Output.WriteLine(recipe.Build(ModelRecipe.DefaultSeed).SummaryFor(recipe.SampleShape.BatchOf(parsed.GetValue(batch) ?? 1)));
        });
        return command;
    }

    private static string Recipe(ModelRecipe recipe) => string.Create(
        CultureInfo.InvariantCulture,
        $"{recipe.CreateLoss().GetType().Name} and {recipe.Optimizer} at {recipe.LearningRate}{ScheduleText.Suffix(recipe.Schedule)}{Decay(recipe)}, batches of {recipe.BatchSize}, {recipe.Epochs} epochs");

    private static string Decay(ModelRecipe recipe) =>
        recipe.WeightDecay is { } decay ? string.Create(CultureInfo.InvariantCulture, $", weight decay {decay}") : "";
}
