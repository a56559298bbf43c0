namespace FastConv.Fuzz.Files;

/// <summary>Small pictures of both formats.</summary>
internal static class ImageSeeds
{
    /// <summary>3 x 2 pixels: a PNG of eight-bit RGB, and a grey baseline JPEG of 8 x 8.</summary>
    public static byte[][] All =>
    [
        Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAHElEQVR4nGNgEFTSsPQKSCxiiMquaZq8ZNXuMwAxjgctqApSvgAAAABJRU5ErkJggg=="),
        Convert.FromBase64String("/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBD/wAALCAAIAAgBAREA/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQAAPwBz/9k="),
    ];
}
