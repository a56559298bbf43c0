using System.Globalization;
using FastConv.Cli.Models;
using FastConv.Data;
using FastConv.Imaging;

namespace FastConv.Cli.Input;

/// <summary>A folder of samples whose format is recognised by what is inside.</summary>
internal static class FolderData
{
    private const string TrainFolder = "train";
    private const string TestFolder = "test";

    /// <summary>
    /// Files that end in <c>.bin</c> are CIFAR-10's. Folders without files of IDX beside them hold photos: <c>train</c> and <c>test</c> with a folder a class each, or
    /// the classes' folders themselves. Everything else is taken for MNIST's files, whose reader says what is missing.
    /// </summary>
    public static SourceData Read(string folder, ModelRecipe model, bool strictImages, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"{folder}: there is no such folder");
        }

        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        if (Directory.EnumerateFiles(folder, "*.bin").Any())
        {
            return new SourceData(name, Cifar10Dataset.Load(folder, "train"), Cifar10Dataset.Load(folder, "test"));
        }

        bool hasIdx = Directory.EnumerateFiles(folder).Any(file => Path.GetFileName(file).Contains("-ubyte", StringComparison.Ordinal));
        return hasIdx || !Directory.EnumerateDirectories(folder).Any(inner => !Path.GetFileName(inner).StartsWith('.'))
            ? new SourceData(name, IdxDataset.Load(folder, "train"), IdxDataset.Load(folder, "test"))
            : ReadPhotos(folder, name, model, strictImages, cancellationToken);
    }

    private static SourceData ReadPhotos(string folder, string name, ModelRecipe model, bool strictImages, CancellationToken cancellationToken)
    {
        (string train, string test) = (Path.Combine(folder, TrainFolder), Path.Combine(folder, TestFolder));
        bool isSplit = Directory.Exists(train) && Directory.Exists(test);
        ImageFolderDataset learned = Load(isSplit ? train : folder);
        ImageFolderDataset? tested = isSplit ? Load(test) : null;
        if (tested is not null && !tested.ClassNames.SequenceEqual(learned.ClassNames))
        {
            throw new CommandLineException($"'{train}' and '{test}' expect folders of the same classes, they have {string.Join(", ", learned.ClassNames)} and {string.Join(", ", tested.ClassNames)}");
        }

        SkippedImage[] skipped = [.. learned.Skipped, .. tested?.Skipped ?? []];
        string? warning = skipped is [{ } first, ..]
            ? string.Create(CultureInfo.InvariantCulture, $"{skipped.Length:N0} photos cannot be read and are left out, the first is {first.Path}: {first.Reason}")
            : null;
        return new SourceData(name, learned, tested, warning);

        ImageFolderDataset Load(string path) => ImageFolderDataset.Load(
            path,
            model.SampleShape[1],
            model.SampleShape[2],
            new ImageFolderOptions { Channels = model.SampleShape[0], Strict = strictImages },
            cancellationToken);
    }
}
