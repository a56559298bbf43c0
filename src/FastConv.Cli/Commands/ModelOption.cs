using System.CommandLine;
using FastConv.Cli.Models;

namespace FastConv.Cli.Commands;

/// <summary><c>--model</c>, the same for all commands; null where it is not given.</summary>
internal static class ModelOption
{
    /// <param name="otherwise">What happens without it; null: the default model is taken.</param>
    public static Option<ModelRecipe?> Create(string? otherwise = null) => ValueOptions.Named(
        "--model",
        "model",
        $"The network: {ModelRegistry.Names} ({otherwise ?? ModelRegistry.Default.Name})",
        [.. ModelRegistry.All.Select(recipe => recipe.Name)],
        ModelRegistry.Find);
}
