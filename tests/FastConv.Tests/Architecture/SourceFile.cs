using FastConv.Tests.Cases;
using System.Text.RegularExpressions;

namespace FastConv.Tests.Architecture;

/// <summary>A C# file of the repository, its comments and literals blanked out so that only code is searched.</summary>
internal sealed partial class SourceFile
{
    private SourceFile(string path, string[] lines)
    {
        Path = path;
        Lines = lines;
    }

    /// <summary>From the repository's root, with slashes.</summary>
    public string Path { get; }

    public string[] Lines { get; }

    /// <summary>The folders from <c>src/FastConv</c> to the file, or null for a file that is elsewhere.</summary>
    public string[]? LibraryFolders => Path.StartsWith("src/FastConv/", StringComparison.Ordinal) ? Path.Split('/')[2..^1] : null;

    /// <summary>All C# files under a folder of the repository, build output left out.</summary>
    public static IReadOnlyList<SourceFile> Under(string folder) =>
    [
        .. Directory.EnumerateFiles(System.IO.Path.Combine(RepositoryRoot.Path, folder), "*.cs", SearchOption.AllDirectories)
            .Select(file => System.IO.Path.GetRelativePath(RepositoryRoot.Path, file).Replace('\\', '/'))
            .Where(path => !path.Contains("/bin/", StringComparison.Ordinal) && !path.Contains("/obj/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(path => Parse(path, File.ReadAllText(System.IO.Path.Combine(RepositoryRoot.Path, path)))),
    ];

    public static SourceFile Parse(string path, string text) =>
        new(path, CommentOrLiteral().Replace(text, match => new string('\n', match.Value.Count(character => character == '\n'))).Split('\n'));

    /// <summary>Every match in the code, with the place to look at.</summary>
    public IEnumerable<(Match Match, string Place)> Find(Regex pattern) =>
        Lines.SelectMany((line, index) => pattern.Matches(line).Select(match => (match, $"{Path}:{index + 1}")));

    [GeneratedRegex(""""
        //.* | /\*[\s\S]*?\*/ | """[\s\S]*?""" | @"(?:""|[^"])*" | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])+'
        """", RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex CommentOrLiteral();
}
