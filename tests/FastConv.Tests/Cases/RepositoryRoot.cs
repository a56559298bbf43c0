namespace FastConv.Tests.Cases;

/// <summary>The folder that holds FastConv.sln, above the test's own.</summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder, "FastConv.sln")))
        {
            folder = System.IO.Path.GetDirectoryName(folder);
        }

        return folder ?? throw new DirectoryNotFoundException($"no FastConv.sln above {AppContext.BaseDirectory}");
    }
}
