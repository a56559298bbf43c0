namespace FastConv.Interchange;

/// <summary>
/// Writes a file so that whoever reads it, at any time and after any end of this process, finds the one before or the whole of this one: everything
/// goes to a second file in the same folder, to the disk, and takes the name at last.
/// </summary>
internal static class AtomicFile
{
    private const string Ending = ".tmp";
    private const int BufferBytes = 1 << 16;

    /// <summary>Writes or replaces a file. What a killed process left under the temporary name is overwritten.</summary>
    /// <param name="path">A link is followed: what it leads to is replaced.</param>
    /// <param name="write">Writes the contents.</param>
    /// <exception cref="IOException">The disk is full or refuses; the file is as it was and the temporary one is gone.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var file = new FileInfo(path);
        string target = file.LinkTarget is null ? path : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        string temporary = target + Ending;

        // Two writers at once: the second is refused here, and the first one's file is not its to delete.
        FileStream stream = new(temporary, FileMode.Create, FileAccess.Write, FileShare.None, BufferBytes);
        try
        {
            using (stream)
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
