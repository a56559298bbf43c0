using FastConv.Cli.Models;
using FastConv.Data;
using FastConv.Imaging;

namespace FastConv.Benchmarks.Loading;

/// <summary>A network of the command, and files to train it on.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Folder">Of the data, in the folder of all data.</param>
/// <param name="Model">The network's name.</param>
/// <param name="Batch">Samples a step.</param>
/// <param name="Load">Reads or lists the files of the folder, and changes samples as training does.</param>
internal sealed record LoadingCase(string Name, string Folder, string Model, int Batch, Func<string, IDataset> Load)
{
    private const long Seed = 1;

    // Those that are widely used for photographs; how large they are does not matter here.
    private static readonly DatasetStatistics Photographs = new([0.485f, 0.456f, 0.406f], [0.229f, 0.224f, 0.225f]);

    public static IReadOnlyList<LoadingCase> All { get; } =
    [
        new("cifar10", "cifar10", "resnet20", 64, folder => new TransformedDataset(
            Cifar10Dataset.Load(folder, "train"), Seed, new RandomCrop(32, 32, padding: 4), new RandomHorizontalFlip(), new Normalize(Photographs))),

        // Decoded in the first epoch, not before it.
        new("catdog", "cats-dogs", "catdog", 16, folder => new TransformedDataset(
            ImageFolderDataset.Load(folder, 224, 224, new ImageFolderOptions { Check = ImageCheck.Header }), Seed, new RandomHorizontalFlip())),
    ];

    public ModelRecipe Recipe => ModelRegistry.Find(Model)!;
}
