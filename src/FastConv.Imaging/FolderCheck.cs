using System.Runtime.ExceptionServices;
using FastConv.Parallelism;

namespace FastConv.Imaging;

/// <summary>Looks at every file of a folder, on all threads, and says what is wrong with the bad ones.</summary>
internal static class FolderCheck
{
    /// <summary>One entry a file: null for a good one.</summary>
    /// <exception cref="InvalidDataException">The first bad file, where none may be.</exception>
    public static string?[] Run(SampleCache samples, ImageFolderOptions options, CancellationToken cancellationToken)
    {
        string?[] reasons = new string?[samples.Paths.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ThreadSettings.MaxThreads, CancellationToken = cancellationToken };
        try
        {
            Parallel.For(0, reasons.Length, parallel, (index, loop) =>
            {
                reasons[index] = Look(samples, index, options);
                if (options.Strict && reasons[index] is not null)
                {
                    // All files before this one are still looked at, so that the first bad one is named.
                    loop.Break();
                }
            });
        }
        catch (AggregateException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }

        return options.Strict && Array.Find(reasons, reason => reason is not null) is { } first ? throw new InvalidDataException(first) : reasons;
    }

    private static string? Look(SampleCache samples, int index, ImageFolderOptions options)
    {
        string path = samples.Paths[index];
        try
        {
            if (options.Check == ImageCheck.Decode)
            {
                samples.Warm(index);
            }
            else
            {
                using FileBytes file = FileBytes.Read(path);
                (int width, int height) = ImageFormat.ReadSize(file.Span, path);
                PixelLimit.Require(path, width, height, options.MaxPixels);
            }

            return null;
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return exception.Message.Contains(path, StringComparison.Ordinal) ? exception.Message : $"{path}: {exception.Message}";
        }
    }
}
