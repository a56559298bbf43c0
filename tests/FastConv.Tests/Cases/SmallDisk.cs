using System.Diagnostics;

namespace FastConv.Tests.Cases;

/// <summary>A file system of a few kilobytes, to be filled. Only root may mount one.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SmallDisk(int kilobytes) => Assert.True(Run("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "tmpfs", Path), "mount failed");

    public string Path => _folder.Path;

    /// <summary>Whether this process may mount file systems.</summary>
    public static bool IsPossible
    {
        get
        {
            if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
            {
                return false;
            }

            // Root of a container may still not mount.
            using var folder = new TemporaryFolder();
            return Run("mount", "-t", "tmpfs", "tmpfs", folder.Path) && Run("umount", folder.Path);
        }
    }

    public void Dispose()
    {
        Run("umount", Path);
        _folder.Dispose();
    }

    private static bool Run(string command, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
