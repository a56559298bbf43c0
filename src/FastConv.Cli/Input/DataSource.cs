using System.Text.Json.Serialization;
using FastConv.Data;

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
    /// <param name="Images">One sample a row.</param>
    /// <param name="Labels">One class a row; null where a column of the samples has it.</param>
    /// <param name="LabelColumn">The column of the class, from 1; negative from the end.</param>
    /// <param name="Header">Whether files begin with a header.</param>
    /// <param name="TestImages">Test samples.</param>
    /// <param name="TestLabels">Their classes.</param>
    public sealed record Csv(string Images, string? Labels, int? LabelColumn, CsvHeader Header, string? TestImages, string? TestLabels) : DataSource;
}
