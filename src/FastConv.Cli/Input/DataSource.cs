namespace FastConv.Cli.Input;

/// <summary>Where samples come from, as the command line says it.</summary>
internal abstract record DataSource
{
    private DataSource()
    {
    }

    /// <summary>Digits that the program draws itself.</summary>
    public sealed record Drawn : DataSource;

    /// <summary>A folder with IDX files, as MNIST is published.</summary>
    public sealed record IdxFolder(string Path) : DataSource;

    /// <summary>Text files of comma-separated numbers. Without test files, test samples are held out of the others.</summary>
    public sealed record Csv(string Images, string Labels, string? TestImages, string? TestLabels) : DataSource;
}
