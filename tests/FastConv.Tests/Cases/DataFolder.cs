namespace FastConv.Tests.Cases;

/// <summary>Where real data sets are, on machines that have them; none is part of the repository.</summary>
internal static class DataFolder
{
    /// <summary>Names the folder that holds <c>mnist</c> and others. Unset, it is <c>shared/data</c> beside the repository's folder.</summary>
    public const string EnvironmentVariable = "FASTCONV_DATA";

    /// <summary>The folder of one data set; null, with a reason, where there is none. A folder named by the environment must exist.</summary>
    public static string? Find(string dataset, out string reason)
    {
        reason = "";
        if (Environment.GetEnvironmentVariable(EnvironmentVariable) is { Length: > 0 } named)
        {
            return Path.Combine(named, dataset);
        }

        string folder = Path.Combine(Path.GetDirectoryName(RepositoryRoot.Path) ?? "", "shared", "data", dataset);
        if (Directory.Exists(folder))
        {
            return folder;
        }

        reason = $"There is no {dataset} data: {EnvironmentVariable} is not set, and {folder} does not exist.";
        return null;
    }
}
