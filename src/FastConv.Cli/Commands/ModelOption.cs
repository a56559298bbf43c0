using System.CommandLine;
using FastConv.Cli.Models;

namespace FastConv.Cli.Commands;

/// <summary><c>--model</c>, the same for all commands; null where it is not given.</summary>
internal static class ModelOption
{
    /// <param name="otherwise">What happens without it; null: the default model is taken.</param>
    public static Option<ModelRecipe?> Create(string? otherwise = null)
    {
        var option = new Option<ModelRecipe?>("--model")
        {
            Description = $"The network: {ModelRegistry.Names} ({otherwise ?? ModelRegistry.Default.Name})",
            HelpName = "NAME",
            CustomParser = result =>
            {
                string name = result.Tokens[0].Value;
                ModelRecipe? recipe = ModelRegistry.Find(name);
                if (recipe is null)
                {
                    string suggestion = NearestName.Suggest(name, ModelRegistry.All.Select(known => known.Name));
                    result.AddError($"there is no model '{name}'{suggestion}; known are {ModelRegistry.Names}");
                }

                return recipe;
            },
        };
        option.CompletionSources.Add([.. ModelRegistry.All.Select(recipe => recipe.Name)]);
        return option;
    }
}
