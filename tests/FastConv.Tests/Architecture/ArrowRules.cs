using System.Text.RegularExpressions;

namespace FastConv.Tests.Architecture;

/// <summary>Finds every use of a folder that the table does not allow, by <c>using</c>, full name or name relative to FastConv.</summary>
internal sealed partial class ArrowRules
{
    private readonly ArrowTable _table;
    private readonly Dictionary<string, HashSet<string>> _namesInFolder;

    /// <param name="table">Who may use whom.</param>
    /// <param name="library">The library's files: which names a folder declares.</param>
    public ArrowRules(ArrowTable table, IEnumerable<SourceFile> library)
    {
        _table = table;
        _namesInFolder = library.GroupBy(file => file.LibraryFolders![0]).ToDictionary(
            folder => folder.Key,
            folder => folder.SelectMany(file => file.Find(Declaration()).Select(found => found.Match.Groups[1].Value).Concat(file.LibraryFolders![1..])).ToHashSet());
    }

    public IEnumerable<string> Violations(SourceFile file)
    {
        // Beside the library, a project is a folder.
        string folder = file.LibraryFolders is [string first, ..] ? first : file.Path.Split('/')[1];
        if (!_table.Folders.Contains(folder))
        {
            return [$"{file.Path}:1: the folder {folder} is not in the table of docs/architecture.md"];
        }

        IReadOnlyCollection<string> allowed = _table.MayUse(folder);
        IEnumerable<(string Used, string Place)> full = file.Find(FullName()).Select(found => (found.Match.Groups[1].Value, found.Place));
        IEnumerable<(string Used, string Place)> relative = file.Find(RelativeName())
            .Where(found => _namesInFolder.TryGetValue(found.Match.Groups[1].Value, out HashSet<string>? names) && names.Contains(found.Match.Groups[2].Value))
            .Select(found => (found.Match.Groups[1].Value, found.Place));
        return full.Concat(relative)
            .Where(use => use.Used != folder && "FastConv." + use.Used != folder && !allowed.Contains(use.Used) && !allowed.Contains("FastConv." + use.Used))
            .Select(use => $"{use.Place}: {folder} may not use {use.Used}");
    }

    [GeneratedRegex("\\bFastConv\\.(\\w+)")]
    private static partial Regex FullName();

    [GeneratedRegex("(?<![\\w.])(\\w+)\\.(\\w+)")]
    private static partial Regex RelativeName();

    [GeneratedRegex("\\b(?:class|struct|record|interface|enum)\\s+(\\w+)")]
    private static partial Regex Declaration();
}
