using System.CommandLine;
using FastConv.Cli.Models;

namespace FastConv.Cli.Commands;

/// <summary><c>fastconv summary</c>: a model's layers, sizes and cost.</summary>
internal static class SummaryCommand
{
    public static Command Create(Terminal terminal)
    {
        Option<ModelRecipe> model = ModelOption.Create();
        var command = new Command("summary", "Print a model's layers: output shapes, parameters, multiply-adds, memory.") { model };
        command.SetAction(parsed =>
        {
            ModelRecipe recipe = parsed.GetRequiredValue(model);
            terminal.Output.WriteLine($"{recipe.Name}: {recipe.Description}");
            terminal.Output.WriteLine();
            terminal.Output.WriteLine(recipe.Build(ModelRecipe.DefaultSeed).Summary(recipe.SampleShape.Dimensions));
        });
        return command;
    }
}
