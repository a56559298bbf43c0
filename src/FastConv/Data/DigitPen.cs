using System.Numerics;
using FastConv.Randomness;

namespace FastConv.Data;

/// <summary>
/// One person's hand for one digit: moves control points a little, bends the sheet, turns, slants, scales and shifts the result, and
/// gives it as straight pieces with a thickness at both ends. In units of the image's side.
/// </summary>
internal sealed class DigitPen
{
    /// <summary>A straight piece with round ends.</summary>
    internal readonly record struct Piece(Vector2 From, Vector2 To, float FromRadius, float ToRadius);

    private const int PiecesACurveSpan = 5;
    private const float Wobble = 0.030f;
    private const float LargestBend = 0.035f;
    private const float LargestRotation = 0.26f;
    private const float LargestSlant = 0.30f;
    private const float Margin = 0.03f;

    private readonly List<Piece> _pieces = [];
    private readonly List<Vector2> _points = [];

    /// <summary>The pieces of the digit written last.</summary>
    public List<Piece> Pieces => _pieces;

    /// <summary>Writes a digit as the random numbers have it; half of its strokes' width is at least <paramref name="smallestRadius"/>.</summary>
    public void Write(int digit, float smallestRadius, RandomSource random)
    {
        _pieces.Clear();
        ReadOnlySpan<DigitStroke[]> variants = DigitShapes.Of(digit);
        var sheet = new Sheet(random);
        float radius = Math.Max(smallestRadius, random.NextSingle(0.028f, 0.068f));
        foreach (DigitStroke stroke in variants[random.NextInt(variants.Length)])
        {
            Trace(stroke, random);
            float startRadius = Math.Max(smallestRadius, radius * random.NextSingle(0.75f, 1.2f));
            float endRadius = Math.Max(smallestRadius, radius * random.NextSingle(0.65f, 1.1f));
            AddPieces(sheet, startRadius, endRadius);
        }

        MoveInside(random);
    }

    // The stroke's points, each moved a little, as a polyline; curves are Catmull-Rom splines through the points.
    private void Trace(DigitStroke stroke, RandomSource random)
    {
        _points.Clear();
        Span<Vector2> control = stackalloc Vector2[stroke.Points.Length];
        for (int index = 0; index < control.Length; index++)
        {
            control[index] = stroke.Points[index] + new Vector2(random.NextSingle(-Wobble, Wobble), random.NextSingle(-Wobble, Wobble));
        }

        int pieces = stroke.IsCurve ? PiecesACurveSpan : 2;
        _points.Add(control[0]);
        for (int span = 0; span + 1 < control.Length; span++)
        {
            Vector2 from = control[span];
            Vector2 to = control[span + 1];
            Vector2 before = control[Math.Max(span - 1, 0)];
            Vector2 after = control[Math.Min(span + 2, control.Length - 1)];
            for (int piece = 1; piece <= pieces; piece++)
            {
                float t = (float)piece / pieces;
                _points.Add(stroke.IsCurve ? CatmullRom(before, from, to, after, t) : from + (to - from) * t);
            }
        }
    }

    private static Vector2 CatmullRom(Vector2 before, Vector2 from, Vector2 to, Vector2 after, float t) =>
        0.5f * (2 * from + (to - before) * t + (2 * before - 5 * from + 4 * to - after) * (t * t) + (3 * from - before - 3 * to + after) * (t * t * t));

    private void AddPieces(in Sheet sheet, float startRadius, float endRadius)
    {
        Vector2 from = sheet.Place(_points[0]);
        float fromRadius = startRadius;
        for (int index = 1; index < _points.Count; index++)
        {
            Vector2 to = sheet.Place(_points[index]);
            float toRadius = startRadius + (endRadius - startRadius) * index / (_points.Count - 1);
            _pieces.Add(new Piece(from, to, fromRadius, toRadius));
            from = to;
            fromRadius = toRadius;
        }
    }

    // Shifts the whole digit to a random place where all of it is on the image; a digit too large for that is centred.
    private void MoveInside(RandomSource random)
    {
        var low = new Vector2(float.MaxValue);
        var high = new Vector2(float.MinValue);
        foreach (Piece piece in _pieces)
        {
            var reach = new Vector2(Math.Max(piece.FromRadius, piece.ToRadius));
            low = Vector2.Min(low, Vector2.Min(piece.From, piece.To) - reach);
            high = Vector2.Max(high, Vector2.Max(piece.From, piece.To) + reach);
        }

        Vector2 centring = new Vector2(0.5f) - (low + high) * 0.5f;
        Vector2 room = Vector2.Max(Vector2.Zero, new Vector2(0.5f - Margin) - (high - low) * 0.5f);
        Vector2 shift = centring + new Vector2(room.X * random.NextSingle(-0.8f, 0.8f), room.Y * random.NextSingle(-0.8f, 0.8f));
        for (int index = 0; index < _pieces.Count; index++)
        {
            Piece piece = _pieces[index];
            _pieces[index] = piece with { From = piece.From + shift, To = piece.To + shift };
        }
    }

    /// <summary>Where a point of the unit square comes to lie: bent by two slow waves, then scaled, slanted and turned about the centre.</summary>
    private readonly struct Sheet
    {
        private readonly Vector2 _bend;
        private readonly Vector2 _phase;
        private readonly Vector2 _rowX;
        private readonly Vector2 _rowY;

        public Sheet(RandomSource random)
        {
            _bend = new Vector2(random.NextSingle(-LargestBend, LargestBend), random.NextSingle(-LargestBend, LargestBend));
            _phase = new Vector2(random.NextSingle(0, MathF.Tau), random.NextSingle(0, MathF.Tau));
            float size = random.NextSingle(0.72f, 1.0f);
            float scaleX = size * random.NextSingle(0.75f, 1.15f);
            float slant = random.NextSingle(-LargestSlant, LargestSlant);
            (float sin, float cos) = MathF.SinCos(random.NextSingle(-LargestRotation, LargestRotation));

            // rotation * [1 slant; 0 1] * diag(scaleX, size)
            _rowX = new Vector2(cos * scaleX, (cos * slant - sin) * size);
            _rowY = new Vector2(sin * scaleX, (sin * slant + cos) * size);
        }

        public Vector2 Place(Vector2 point)
        {
            float x = point.X - 0.5f + _bend.X * MathF.Sin(MathF.Tau * point.Y + _phase.X);
            float y = point.Y - 0.5f + _bend.Y * MathF.Sin(MathF.Tau * point.X + _phase.Y);
            return new Vector2(_rowX.X * x + _rowX.Y * y, _rowY.X * x + _rowY.Y * y);
        }
    }
}
