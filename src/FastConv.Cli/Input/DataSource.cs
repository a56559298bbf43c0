using System.Text.Json.Serialization;

namespace FastConv.Cli.Input;

/// <summary>Where samples come from, as the command line says it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Drawn), "drawn")]
[JsonDerivedType(typeof(Folder), "folder")]
[JsonDerivedType(typeof(Csv), "csv")]
internal abstract record DataSource
{
    private DataSource()
    {
    }

    /// <summary>Digits that the program draws itself.</summary>
    public sealed record Drawn : DataSource;

    /// <summary>A folder of a format that is recognised by what is inside.</summary>
    public sealed record Folder(string Path) : DataSource;

    /// <summary>Text files of comma-separated numbers. Without test files, test samples are held out of the others.</summary>
    public sealed record Csv(string Images, string Labels, string? TestImages, string? TestLabels) : DataSource;
}
