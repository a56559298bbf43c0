using System.CommandLine;
using FastConv.Cli.Input;

namespace FastConv.Cli.Commands;

/// <summary>The options that say where samples come from, the same for all commands that take samples.</summary>
internal sealed class DataOptions
{
    private readonly Option<string?> _data = ValueOptions.Path("--data", "FOLDER", "A folder with MNIST's four files (IDX, plain or .gz); without data, digits are drawn");
    private readonly Option<string?> _images = ValueOptions.Path("--images", "FILE", "Samples as CSV, one a row");
    private readonly Option<string?> _labels = ValueOptions.Path("--labels", "FILE", "Their classes as CSV, one a row");
    private readonly Option<string?> _testImages = ValueOptions.Path("--test-images", "FILE", "Test samples as CSV; without, a tenth of the training samples is held out");
    private readonly Option<string?> _testLabels = ValueOptions.Path("--test-labels", "FILE", "Their classes");

    /// <summary>Where training takes its samples: those to learn from, and those to test with.</summary>
    public IEnumerable<Option> ForTraining => [_data, _images, _labels, _testImages, _testLabels];

    /// <summary>Where a command takes samples that only looks at some.</summary>
    public IEnumerable<Option> ForLooking => [_data, _images, _labels];

    /// <summary>Whether the command line says where from.</summary>
    public bool AreGiven(ParseResult parsed) => ForTraining.Any(option => parsed.GetResult(option) is { Implicit: false });

    /// <summary>What the command line says.</summary>
    /// <exception cref="CommandLineException">Options are missing, or do not go together.</exception>
    public DataSource Source(ParseResult parsed)
    {
        string? folder = parsed.GetValue(_data);
        string? images = parsed.GetValue(_images);
        string? labels = parsed.GetValue(_labels);
        string? testImages = parsed.GetValue(_testImages);
        string? testLabels = parsed.GetValue(_testLabels);
        bool hasCsv = (images ?? labels ?? testImages ?? testLabels) is not null;
        if (folder is not null && hasCsv)
        {
            throw new CommandLineException("--data names a folder of samples, --images and --labels name CSV files: give one or the other");
        }

        if (hasCsv && (images is null || labels is null))
        {
            throw new CommandLineException($"CSV data needs --images and --labels; {(images is null ? "--images" : "--labels")} is missing");
        }

        if (testImages is null != testLabels is null)
        {
            throw new CommandLineException($"test data needs --test-images and --test-labels; {(testImages is null ? "--test-images" : "--test-labels")} is missing");
        }

        return folder is not null ? new DataSource.Folder(Path.GetFullPath(folder))
            : hasCsv ? new DataSource.Csv(Path.GetFullPath(images!), Path.GetFullPath(labels!), FullPath(testImages), FullPath(testLabels))
            : new DataSource.Drawn();
    }

    // A run that is continued may be continued from another folder.
    private static string? FullPath(string? path) => path is null ? null : Path.GetFullPath(path);
}
