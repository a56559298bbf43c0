using System.CommandLine;
using FastConv.Benchmarks.Peers;

namespace FastConv.Benchmarks.Report;

/// <summary>The verb <c>report</c>: results of the other verbs as tables and pictures of a page.</summary>
internal static class ReportCommand
{
    public const string Verb = "report";

    private static readonly string DefaultPage = Path.Combine("docs", "benchmarks.md");
    private static readonly string DefaultImages = Path.Combine("docs", "images");

    /// <summary>Exit code 0, 2 for wrong arguments or files.</summary>
    public static int Run(string[] args) => BenchmarkVerb.Run(Create(), args);

    private static Command Create()
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = $"JSON files of {PeersCommand.Verb}, steps, limits and scaling, any of them",
            Arity = ArgumentArity.OneOrMore,
        };
        var page = new Option<string?>("--page") { HelpName = "FILE", Description = $"The page with the places to fill ({DefaultPage})" };
        var images = new Option<string?>("--images") { HelpName = "FOLDER", Description = $"Where the pictures go ({DefaultImages})" };
        var shapes = new Option<string?>("--shapes") { HelpName = "FILE", Description = "The shape file that peers was given" };
        var command = new Command(Verb, "Turn results into tables and pictures.") { files, page, images, shapes };
        command.SetAction(parsed => Write(
            parsed.GetValue(files)!,
            parsed.GetValue(page) ?? DefaultPage,
            parsed.GetValue(images) ?? DefaultImages,
            parsed.GetValue(shapes) ?? ShapeFile.DefaultPath));
        return command;
    }

    // Everything is made before anything is written.
    private static int Write(string[] files, string pagePath, string imagesPath, string shapesPath)
    {
        var input = new ReportInput();
        Array.ForEach(files, input.Add);
        ReportFigure[] figures = [.. ReportSections.Figures(input, shapesPath)];
        var page = new MarkedPage(pagePath);
        foreach ((string section, string text) in ReportSections.Tables(input))
        {
            page.Fill(section, text);
        }

        string folder = Path.GetRelativePath(Path.GetDirectoryName(Path.GetFullPath(pagePath))!, imagesPath).Replace('\\', '/');
        foreach (IGrouping<string, ReportFigure> section in figures.GroupBy(figure => figure.Section))
        {
            page.Fill(section.Key, string.Join("\n\n", section.Select(figure => $"![{figure.Title}]({folder}/{figure.File})")));
        }

        Directory.CreateDirectory(imagesPath);
        foreach (ReportFigure figure in figures)
        {
            File.WriteAllText(Path.Combine(imagesPath, figure.File), figure.Svg);
        }

        page.Save();
        return 0;
    }
}
