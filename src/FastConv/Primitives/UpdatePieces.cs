using FastConv.Kernels.Updates;

namespace FastConv.Primitives;

/// <summary>
/// All memory that an optimiser's step goes over, in pieces of at most <see cref="Longest"/> elements: runs of values with gradients and states of
/// the same layout. The addresses must stay good; whoever built this keeps the memory alive.
/// </summary>
internal sealed unsafe class UpdatePieces
{
    /// <summary>Floats. The value, the gradient and two states of a piece stay in a core's second-level cache.</summary>
    public const int Longest = 16 * 1024;

    private readonly List<UpdateSlice> _pieces = [];
    private readonly List<(int First, int Length)> _runs = [];
    private double[] _sums = [];

    /// <summary>How many pieces there are.</summary>
    public int Count => _pieces.Count;

    /// <summary>Elements of all pieces, padding included.</summary>
    public long Elements { get; private set; }

    public UpdateSlice this[int index] => _pieces[index];

    /// <summary>A place for one number of each piece.</summary>
    public double[] Sums => _sums.Length == Count ? _sums : _sums = new double[Count];

    /// <summary>Adds a run of values and their gradients; returns its number.</summary>
    public int AddRun(float* value, float* gradient, int length)
    {
        _runs.Add((Count, length));
        var whole = new UpdateSlice { Value = value, Gradient = gradient, Length = length };
        for (int start = 0; start < length; start += Longest)
        {
            _pieces.Add(whole.Part(start, Math.Min(Longest, length - start)));
        }

        Elements += length;
        return _runs.Count - 1;
    }

    /// <summary>Sets where state 0, 1 or 2 of a run lies.</summary>
    public void SetState(int run, int state, float* memory)
    {
        (int first, int length) = _runs[run];
        for (int start = 0, index = first; start < length; start += Longest, index++)
        {
            UpdateSlice piece = _pieces[index];
            switch (state)
            {
                case 0: piece.State0 = memory + start; break;
                case 1: piece.State1 = memory + start; break;
                default: piece.State2 = memory + start; break;
            }

            _pieces[index] = piece;
        }
    }
}
