using System.Globalization;

namespace FastConv.Cli.Runs;

/// <summary>The folder that a training leaves behind: what it was asked for, how it went, and what came out.</summary>
internal sealed class RunFolder
{
    private const string DefaultParent = "runs";

    private RunFolder(string path) => Path = path;

    /// <summary>As it was given, or <c>runs/</c> and the time.</summary>
    public string Path { get; }

    /// <summary>Everything that is needed to repeat the run.</summary>
    public string Config => At("config.json");

    /// <summary>One line of JSON a point of the curves.</summary>
    public string Metrics => At("metrics.jsonl");

    /// <summary>The weights.</summary>
    public string Model => At("model.safetensors");

    /// <summary>What training continues from.</summary>
    public string Checkpoint => At("checkpoint.safetensors");

    /// <summary>The page to look at.</summary>
    public string Report => At("report.html");

    /// <summary>Makes the folder and makes sure that files can be written to it, so that no training is lost for want of a place.</summary>
    /// <param name="asked">Null for a name made of the time.</param>
    /// <param name="now">The time of that name.</param>
    /// <exception cref="CommandLineException">The folder holds a run already, or cannot be written to.</exception>
    public static RunFolder Create(string? asked, DateTimeOffset now)
    {
        var folder = new RunFolder(asked ?? Unused(System.IO.Path.Combine(DefaultParent, now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture))));
        if (File.Exists(folder.Path))
        {
            throw new CommandLineException($"the folder for the run cannot be made: '{folder.Path}' is a file");
        }

        if (folder.Files.FirstOrDefault(File.Exists) is { } file)
        {
            throw new CommandLineException($"'{folder.Path}' holds a run already ({System.IO.Path.GetFileName(file)}); give another folder, or continue it with --resume");
        }

        folder.Probe();
        return folder;
    }

    /// <summary>The folder of a run that is continued.</summary>
    /// <param name="path">The folder, or a file in it.</param>
    /// <exception cref="CommandLineException">There is no such folder or file, it is not that of a run, or it cannot be written to.</exception>
    public static RunFolder Open(string path)
    {
        string folderPath = File.Exists(path) ? System.IO.Path.GetDirectoryName(path) is { Length: > 0 } parent ? parent : "." : path;
        if (!Directory.Exists(folderPath))
        {
            throw new CommandLineException($"there is no run at '{path}': no such folder or file");
        }

        var folder = new RunFolder(folderPath);
        foreach (string needed in (ReadOnlySpan<string>)[folder.Config, folder.Checkpoint])
        {
            if (!File.Exists(needed))
            {
                throw new CommandLineException($"the run at '{folderPath}' cannot be continued: it has no {System.IO.Path.GetFileName(needed)}");
            }
        }

        folder.Probe();
        return folder;
    }

    private IEnumerable<string> Files => [Config, Metrics, Model, Checkpoint, Report];

    private static string Unused(string path)
    {
        string free = path;
        for (int number = 2; Directory.Exists(free) || File.Exists(free); number++)
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{path}-{number}");
        }

        return free;
    }

    private void Probe()
    {
        string probe = At($".{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(Path);
            File.WriteAllBytes(probe, [0]);
            File.Delete(probe);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandLineException($"the folder '{Path}' for the run cannot be written to: {exception.Message}");
        }
    }

    private string At(string name) => System.IO.Path.Combine(Path, name);
}
