namespace FastConv.Kernels.Gemm;

/// <summary>The heights there are: up to what 32 registers hold, two vectors wide.</summary>
internal static class TileHeight
{
    /// <summary>The tallest.</summary>
    public const int Most = 12;

    public readonly struct Of1 : ITileHeight
    {
        public static int Rows => 1;
    }

    public readonly struct Of2 : ITileHeight
    {
        public static int Rows => 2;
    }

    public readonly struct Of3 : ITileHeight
    {
        public static int Rows => 3;
    }

    public readonly struct Of4 : ITileHeight
    {
        public static int Rows => 4;
    }

    public readonly struct Of5 : ITileHeight
    {
        public static int Rows => 5;
    }

    public readonly struct Of6 : ITileHeight
    {
        public static int Rows => 6;
    }

    public readonly struct Of7 : ITileHeight
    {
        public static int Rows => 7;
    }

    public readonly struct Of8 : ITileHeight
    {
        public static int Rows => 8;
    }

    public readonly struct Of9 : ITileHeight
    {
        public static int Rows => 9;
    }

    public readonly struct Of10 : ITileHeight
    {
        public static int Rows => 10;
    }

    public readonly struct Of11 : ITileHeight
    {
        public static int Rows => 11;
    }

    public readonly struct Of12 : ITileHeight
    {
        public static int Rows => 12;
    }
}
