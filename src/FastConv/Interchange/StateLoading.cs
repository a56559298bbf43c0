using FastConv.Tensors;

namespace FastConv.Interchange;

/// <summary>
/// Brings tensors from a file into tensors of the program in three steps: match names and shapes, read everything, copy. Only the last one changes
/// something, and it cannot fail.
/// </summary>
internal sealed class StateLoading(SafetensorsFile file)
{
    private readonly List<(SafetensorsTensor Source, Tensor Target)> _matches = [];
    private readonly List<string> _missing = [];
    private readonly List<string> _misShaped = [];
    private readonly HashSet<string> _expected = [];
    private float[][] _values = [];

    /// <summary>Asks for one tensor.</summary>
    /// <param name="name">In the file.</param>
    /// <param name="target">Where its values go.</param>
    public void Add(string name, Tensor target)
    {
        _expected.Add(name);
        if (!file.TryFind(name, out SafetensorsTensor? source))
        {
            _missing.Add(name);
        }
        else if (!source.HasShape(target.Shape))
        {
            _misShaped.Add($"{name}: expected {target.Shape}, received [{string.Join(", ", source.Shape)}]");
        }
        else
        {
            _matches.Add((source, target));
        }
    }

    /// <summary>How what was asked for and what the file has under a prefix differ.</summary>
    public StateMismatch Mismatch(string prefix) => new(
        _missing,
        [.. file.Tensors.Select(tensor => tensor.Name).Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && !_expected.Contains(name))],
        _misShaped);

    /// <exception cref="InvalidDataException">Names or shapes differ: all of them in one message.</exception>
    public void RequireMatch(string prefix = "")
    {
        StateMismatch mismatch = Mismatch(prefix);
        if (!mismatch.IsEmpty)
        {
            throw new InvalidDataException($"{file.Path}: {mismatch}.");
        }
    }

    /// <summary>Reads all that matched.</summary>
    /// <exception cref="InvalidDataException">Elements that have no float value.</exception>
    public void Read()
    {
        _values = new float[_matches.Count][];
        for (int index = 0; index < _values.Length; index++)
        {
            (SafetensorsTensor source, Tensor target) = _matches[index];
            _values[index] = GC.AllocateUninitializedArray<float>(target.Length);
            file.Read(source, _values[index]);
        }
    }

    /// <summary>Copies what was read.</summary>
    public void Commit()
    {
        for (int index = 0; index < _values.Length; index++)
        {
            _values[index].CopyTo(_matches[index].Target.Span);
        }
    }
}
