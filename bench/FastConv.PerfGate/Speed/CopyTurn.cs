using FastConv.Benchmarks.Peers;

namespace FastConv.PerfGate.Speed;

/// <summary>
/// A copy that moves as many bytes as a call does. What others leave of the last-level cache then decides about both alike, which it
/// would not for a copy beyond every cache.
/// </summary>
internal sealed class CopyTurn : IDisposable
{
    // Longer copies would go past the cache.
    private const int Piece = 1 << 14;

    private readonly FloatBuffer _from;
    private readonly FloatBuffer _to;

    /// <param name="movedBytes">Read and written together.</param>
    public CopyTurn(double movedBytes)
    {
        int length = (int)(movedBytes / (2 * sizeof(float)));
        _from = new FloatBuffer(length);
        _to = new FloatBuffer(length);
    }

    /// <summary>Copies all of it once.</summary>
    public void Run()
    {
        for (int start = 0; start < _from.Length; start += Piece)
        {
            Span<float> piece = _from.Span.Slice(start, Math.Min(Piece, _from.Length - start));
            piece.CopyTo(_to.Span[start..]);
        }
    }

    public void Dispose()
    {
        _from.Dispose();
        _to.Dispose();
    }
}
