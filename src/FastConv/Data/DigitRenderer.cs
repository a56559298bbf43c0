using System.Numerics;
using FastConv.Memory;
using FastConv.Parallelism;
using FastConv.Randomness;

namespace FastConv.Data;

/// <summary>Draws synthetic digits into bytes, each from its own sequence of random numbers, on all threads.</summary>
internal unsafe struct DigitRenderer : IParallelJob
{
    // Half of the width over which a stroke's edge fades, in pixels.
    private const float SharpestEdge = 0.5f;
    private const float SoftestEdge = 0.9f;
    private const float ThinnestRadius = 0.55f;
    private const float SmallestContrast = 0.35f;
    private const float StrongestNoise = 0.09f;

    private readonly SyntheticDigitsOptions _options;
    private readonly DigitPen?[] _pens;
    private readonly byte* _pixels;
    private readonly bool _isTest;

    private DigitRenderer(SyntheticDigitsOptions options, bool isTest, byte* pixels)
    {
        _options = options;
        _isTest = isTest;
        _pixels = pixels;
        _pens = new DigitPen?[ThreadSettings.Limit];
    }

    /// <summary>Draws all images, [count, channels, size, size].</summary>
    public static void Draw(SyntheticDigitsOptions options, bool isTest, int count, Span<byte> pixels)
    {
        fixed (byte* first = pixels)
        {
            var job = new DigitRenderer(options, isTest, first);
            WorkerTeam.Run(ref job, count, ThreadSettings.MaxThreads);
        }
    }

    public readonly void Execute(int index, int worker)
    {
        // The streams of one seed are independent; even ones are for training, odd ones for testing.
        var random = new RandomSource(_options.Seed, 2L * index + (_isTest ? 1 : 0));
        int plane = _options.Size * _options.Size;
        DigitPen pen = _pens[worker] ??= new DigitPen();
        pen.Write(SyntheticDigits.LabelOf(index, _options.Classes), ThinnestRadius / _options.Size, random);
        using Workspace workspace = Workspace.Rent(plane);
        var coverage = new Span<float>(workspace.Take(plane), plane);
        Cover(pen.Pieces, random.NextSingle(SharpestEdge, SoftestEdge), coverage);
        Paint(coverage, random, new Span<byte>(_pixels + (long)index * _options.Channels * plane, _options.Channels * plane));
    }

    // The share of each pixel that is under the pen: from the distance of its centre to the nearest piece.
    private readonly void Cover(List<DigitPen.Piece> pieces, float edge, Span<float> coverage)
    {
        int size = _options.Size;
        coverage.Clear();
        foreach (DigitPen.Piece piece in pieces)
        {
            Vector2 from = piece.From * size - new Vector2(0.5f);
            Vector2 along = (piece.To - piece.From) * size;
            float fromRadius = piece.FromRadius * size;
            float widening = piece.ToRadius * size - fromRadius;
            float inverseSquare = 1 / Math.Max(along.X * along.X + along.Y * along.Y, 1e-6f);
            float reach = fromRadius + Math.Max(widening, 0) + edge;
            (int top, int bottom) = Reached(from.Y, from.Y + along.Y, reach, size);
            (int left, int right) = Reached(from.X, from.X + along.X, reach, size);
            for (int y = top; y < bottom; y++)
            {
                for (int x = left; x < right; x++)
                {
                    float offsetX = x - from.X;
                    float offsetY = y - from.Y;
                    float t = Math.Clamp((offsetX * along.X + offsetY * along.Y) * inverseSquare, 0, 1);
                    offsetX -= t * along.X;
                    offsetY -= t * along.Y;
                    float inside = fromRadius + widening * t - MathF.Sqrt(offsetX * offsetX + offsetY * offsetY);
                    float share = Math.Clamp(0.5f + 0.5f * inside / edge, 0, 1);
                    ref float pixel = ref coverage[y * size + x];
                    pixel = Math.Max(pixel, share);
                }
            }
        }
    }

    private static (int First, int End) Reached(float a, float b, float reach, int size) =>
        (Math.Clamp((int)MathF.Floor(Math.Min(a, b) - reach), 0, size), Math.Clamp((int)MathF.Ceiling(Math.Max(a, b) + reach) + 1, 0, size));

    private readonly void Paint(ReadOnlySpan<float> coverage, RandomSource random, Span<byte> image)
    {
        Span<float> ground = stackalloc float[3];
        Span<float> ink = stackalloc float[3];
        if (_options.Channels == 1)
        {
            ground[0] = random.NextSingle(0, 0.08f);
            ink[0] = random.NextSingle(0.7f, 1);
        }
        else
        {
            PickColours(random, ground, ink);
        }

        float noise = random.NextSingle(0, StrongestNoise);
        for (int channel = 0; channel < _options.Channels; channel++)
        {
            Span<byte> target = image.Slice(channel * coverage.Length, coverage.Length);
            float difference = ink[channel] - ground[channel];
            for (int pixel = 0; pixel < target.Length; pixel++)
            {
                target[pixel] = PixelBytes.FromUnitInterval(ground[channel] + difference * coverage[pixel] + noise * Bell(random.NextUInt32()));
            }
        }
    }

    private static void PickColours(RandomSource random, Span<float> ground, Span<float> ink)
    {
        float contrast;
        do
        {
            contrast = 0;
            for (int channel = 0; channel < ground.Length; channel++)
            {
                ground[channel] = random.NextSingle();
                ink[channel] = random.NextSingle();
                contrast += (ink[channel] - ground[channel]) / ground.Length;
            }
        }
        while (Math.Abs(contrast) < SmallestContrast);
    }

    // The sum of four bytes: nearly normal, mean 0, standard deviation 1 (that of one byte is 73.9).
    private static float Bell(uint bits) =>
        ((bits & 255) + (bits >> 8 & 255) + (bits >> 16 & 255) + (bits >> 24) - 510f) * (1 / 147.8f);
}
