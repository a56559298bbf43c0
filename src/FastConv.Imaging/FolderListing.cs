using System.IO.Enumeration;

namespace FastConv.Imaging;

/// <summary>The image files under a folder, class by class. Hidden files and folders are not looked at.</summary>
internal static class FolderListing
{
    private static readonly EnumerationOptions Visible = new() { AttributesToSkip = FileAttributes.Hidden | FileAttributes.System, IgnoreInaccessible = false };

    /// <summary>The folders in a folder in ordinal order: one a class. They may be links.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">It has no folders.</exception>
    public static string[] Classes(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"{folder}: there is no such folder.");
        }

        string[] names = [.. Directory.EnumerateDirectories(folder, "*", Visible).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        return names.Length > 0 ? names : throw new InvalidDataException($"{folder}: expected one folder a class, received none.");
    }

    /// <summary>
    /// The image files in a class's folder and below, in ordinal order of their paths. Links to files are followed, links to folders are not: they may lead in
    /// circles.
    /// </summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public static string[] Images(string folder)
    {
        var entries = new FileSystemEnumerable<string>(
            folder,
            static (ref FileSystemEntry entry) => entry.ToSpecifiedFullPath(),
            new EnumerationOptions { AttributesToSkip = Visible.AttributesToSkip, IgnoreInaccessible = false, RecurseSubdirectories = true })
        {
            ShouldIncludePredicate = static (ref FileSystemEntry entry) => !entry.IsDirectory && ImageFile.HasImageExtension(entry.FileName.ToString()),
            ShouldRecursePredicate = static (ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) == 0,
        };
        string[] paths = [.. entries.Order(StringComparer.Ordinal)];
        return paths.Length > 0
            ? paths
            : throw new InvalidDataException($"{folder}: expected files that end in {string.Join(", ", ImageFile.Extensions)}, received none.");
    }
}
