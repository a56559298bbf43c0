namespace FastConv.Cli.Models;

/// <summary>All networks that the command knows, the default first.</summary>
internal static class ModelRegistry
{
    public static IReadOnlyList<ModelRecipe> All { get; } = [LeNet.Recipe, LeNet5.Recipe, Minimal.Recipe, CatDog.Recipe, Mlp.Recipe, Vgg.Recipe, ResNet20.Recipe, ResNet9.Recipe, MobileNetSmall.Recipe];

    public static ModelRecipe Default => All[0];

    /// <summary>As help and errors list them.</summary>
    public static string Names => string.Join(", ", All.Select(recipe => recipe.Name));

    /// <summary>The recipe of that name or alias, in any case; null where there is none.</summary>
    public static ModelRecipe? Find(string name) => All.FirstOrDefault(
        recipe => name.Equals(recipe.Name, StringComparison.OrdinalIgnoreCase) || name.Equals(recipe.Alias, StringComparison.OrdinalIgnoreCase));
}
