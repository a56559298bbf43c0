using System.CommandLine;
using FastConv.Cli.Input;
using FastConv.Data;

namespace FastConv.Cli.Commands;

/// <summary>The options that say where samples come from, the same for all commands that take samples.</summary>
internal sealed class DataOptions
{
    private readonly Option<string?> _data = ValueOptions.Path("--data", "FOLDER", "A folder with MNIST's files (IDX, plain or .gz), CIFAR-10's (.bin), or one folder of photos a class; without data, digits are drawn");
    private readonly Option<string?> _images = ValueOptions.Path("--images", "FILE", "Samples as CSV, one a row");
    private readonly Option<string?> _labels = ValueOptions.Path("--labels", "FILE", "Their classes as CSV, one a row");
    private readonly Option<int?> _labelColumn = new("--label-column") { Description = "The column of --images that has the class, from 1, or from the end as -1; then there are no --labels", HelpName = "N" };
    private readonly Option<CsvHeader> _header = new("--csv-header") { Description = "Whether CSV files begin with a header (Auto)", HelpName = "Auto|Present|Absent" };
    private readonly Option<bool> _strictImages = new("--strict-images") { Description = "A photo that cannot be read ends the command, instead of being left out (--strict is about convolutions)" };
    private readonly Option<string?> _testImages = ValueOptions.Path("--test-images", "FILE", "Test samples as CSV; without, a tenth of the training samples is held out");
    private readonly Option<string?> _testLabels = ValueOptions.Path("--test-labels", "FILE", "Their classes");

    /// <summary>Where training takes its samples: those to learn from, and those to test with.</summary>
    public IEnumerable<Option> ForTraining => [_data, _images, _labels, _labelColumn, _header, _testImages, _testLabels, _strictImages];

    /// <summary>Where a command takes samples that only looks at some.</summary>
    public IEnumerable<Option> ForLooking => [_data, _images, _labels, _labelColumn, _header, _strictImages];

    /// <summary>Whether the command line says where from.</summary>
    public bool AreGiven(ParseResult parsed) => ForTraining.Any(option => parsed.GetResult(option) is { Implicit: false });

    /// <summary>Whether a photo that cannot be read is refused.</summary>
    public bool StrictImages(ParseResult parsed) => parsed.GetValue(_strictImages);

    /// <summary>What the command line says.</summary>
    /// <exception cref="CommandLineException">Options are missing, or do not go together.</exception>
    public DataSource Source(ParseResult parsed)
    {
        string? folder = parsed.GetValue(_data);
        string? images = parsed.GetValue(_images);
        string? labels = parsed.GetValue(_labels);
        string? testImages = parsed.GetValue(_testImages);
        string? testLabels = parsed.GetValue(_testLabels);
        int? column = parsed.GetValue(_labelColumn);
        bool hasCsv = (images ?? labels ?? testImages ?? testLabels) is not null || column is not null;
        if (folder is not null && hasCsv)
        {
            throw new CommandLineException("--data names a folder of samples, --images and --labels name CSV files: give one or the other");
        }

        if (column is 0)
        {
            throw new CommandLineException("--label-column expects a column from 1, or from the end as -1, received '0'");
        }

        if (column is not null && (labels ?? testLabels) is not null)
        {
            throw new CommandLineException("--label-column says that the samples' files have the classes, --labels that another has: give one or the other");
        }

        if (hasCsv && (images is null || (labels is null && column is null)))
        {
            throw new CommandLineException($"CSV data needs --images and --labels; {(images is null ? "--images" : "--labels")} is missing");
        }

        if (column is null && testImages is null != testLabels is null)
        {
            throw new CommandLineException($"test data needs --test-images and --test-labels; {(testImages is null ? "--test-images" : "--test-labels")} is missing");
        }

        return folder is not null ? new DataSource.Folder(Path.GetFullPath(folder))
            : hasCsv ? new DataSource.Csv(Path.GetFullPath(images!), FullPath(labels), column, parsed.GetValue(_header), FullPath(testImages), FullPath(testLabels))
            : new DataSource.Drawn();
    }

    // A run that is continued may be continued from another folder.
    private static string? FullPath(string? path) => path is null ? null : Path.GetFullPath(path);
}
