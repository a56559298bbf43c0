namespace FastConv.Imaging;

/// <summary>A file that was left out of a dataset.</summary>
/// <param name="Path">Which.</param>
/// <param name="Reason">One sentence, with the path in it.</param>
public sealed record SkippedImage(string Path, string Reason);
