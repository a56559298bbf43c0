using FastConv.Memory;
using FastConv.Primitives;
using FastConv.Tensors;

namespace FastConv.Optimizers;

/// <summary>
/// The memory of an optimiser's parameters: values in one arena, gradients in another, every state in one more, all of one layout, in which each
/// parameter begins on a cache line. What lies between two parameters is zero. A parameter that another optimiser has placed stays there, as a run of
/// its own; so does what would make an arena longer than an array can be.
/// </summary>
internal sealed unsafe class ParameterArena
{
    private readonly Parameter[] _parameters;

    // Where the state of a parameter lies: the run, and how far into it.
    private readonly (int Run, int Offset)[] _places;
    private readonly List<int> _runLengths = [];

    /// <summary>Moves the parameters together.</summary>
    /// <param name="op">The optimiser, for the message.</param>
    /// <param name="parameters">Each once.</param>
    /// <exception cref="ArgumentException">Two parameters share one tensor's memory: they would be moved at the same time.</exception>
    public ParameterArena(string op, Parameter[] parameters)
    {
        _parameters = parameters;
        _places = new (int, int)[parameters.Length];
        RequireSeparate(op, parameters);
        int length = 0;
        var moving = new List<int>();
        for (int index = 0; index < parameters.Length; index++)
        {
            int size = AlignedBuffer.RoundUp(parameters[index].Value.Length);
            if (!parameters[index].Value.Buffer.IsPart && !parameters[index].Gradient.Buffer.IsPart && size <= BufferPool.LargestLength - length)
            {
                _places[index] = (0, length);
                moving.Add(index);
                length += size;
            }
            else
            {
                _places[index] = (-1, 0);
            }
        }

        if (moving.Count > 0)
        {
            MoveTogether(moving, length);
        }

        for (int index = 0; index < parameters.Length; index++)
        {
            if (_places[index].Run < 0)
            {
                Tensor value = parameters[index].Value;
                _places[index] = (AddRun(value.Pointer, parameters[index].Gradient.Pointer, value.Length), 0);
            }
        }
    }

    /// <summary>All memory that a step goes over.</summary>
    public UpdatePieces Pieces { get; } = new();

    /// <summary>A state of every parameter, as tensors of their shapes over memory of the parameters' layout.</summary>
    /// <param name="number">State 0, 1 or 2 of the update.</param>
    /// <param name="initial">What every element starts from.</param>
    public Tensor[] AddState(int number, float initial)
    {
        var buffers = new AlignedBuffer[_runLengths.Count];
        for (int run = 0; run < buffers.Length; run++)
        {
            buffers[run] = AlignedBuffer.Zeroed(_runLengths[run]);
            Pieces.SetState(run, number, buffers[run].Pointer);
        }

        var tensors = new Tensor[_parameters.Length];
        for (int index = 0; index < tensors.Length; index++)
        {
            Tensor value = _parameters[index].Value;
            tensors[index] = new Tensor(value.Shape, buffers[_places[index].Run].Part(_places[index].Offset, value.Length));
            tensors[index].Span.Fill(initial);
        }

        return tensors;
    }

    private static void RequireSeparate(string op, Parameter[] parameters)
    {
        var seen = new HashSet<AlignedBuffer>();
        foreach (Parameter parameter in parameters)
        {
            if (!seen.Add(parameter.Value.Buffer))
            {
                throw new ArgumentException($"{op}: expects parameters with values of their own, '{parameter.Name}' shares them with another.", nameof(parameters));
            }
        }
    }

    private void MoveTogether(List<int> moving, int length)
    {
        AlignedBuffer values = AlignedBuffer.Zeroed(length);
        AlignedBuffer gradients = AlignedBuffer.Zeroed(length);
        foreach (int index in moving)
        {
            _parameters[index].Value.Buffer.MoveInto(values, _places[index].Offset);
            _parameters[index].Gradient.Buffer.MoveInto(gradients, _places[index].Offset);
        }

        AddRun(values.Pointer, gradients.Pointer, length);
    }

    private int AddRun(float* value, float* gradient, int length)
    {
        _runLengths.Add(length);
        return Pieces.AddRun(value, gradient, length);
    }
}
