namespace FastConv.Tests.Golden;

/// <summary>One case of a golden file: its arguments, its inputs, and what PyTorch made of them.</summary>
internal sealed class GoldenCase
{
    private const int CoarseBits = 9;

    private readonly GoldenFile _file;
    private readonly string _path;

    public GoldenCase(string topic, string name)
    {
        _file = GoldenFile.Load(topic);
        Name = name;
        Arguments = new GoldenArguments(_file.Arguments(name));
        _path = $"{_file.Metadata["seed"]}/{topic}/{name}";
    }

    public string Name { get; }

    public GoldenArguments Arguments { get; }

    /// <summary>Where FastConv deliberately does not agree, docs/numerics.md says why; null where it must agree.</summary>
    public string? Differs => Arguments.Has("differs") ? Arguments.Text("differs") : null;

    /// <summary>Multiples of 2^(1 - bits) times the scale, plus the offset.</summary>
    public float[] Draw(string tensor, int count, int bits = CoarseBits, double scale = 1, double offset = 0) =>
        GoldenDraws.Numbers($"{_path}/{tensor}", count, bits, scale, offset);

    /// <summary>The same, and over it the NaNs and infinities that the argument "places" has.</summary>
    public float[] DrawWithPlaces(string tensor, int count, int bits = CoarseBits)
    {
        float[] values = Draw(tensor, count, bits);
        foreach ((int offset, float number) in Arguments.Places("places"))
        {
            values[offset] = number;
        }

        return values;
    }

    public int[] Labels(string tensor, int count, int classes) => GoldenDraws.Labels($"{_path}/{tensor}", count, classes);

    public bool Has(string tensor) => _file.Find($"{Name}/{tensor}") is not null;

    /// <summary>What PyTorch computed in double precision, rounded to float.</summary>
    public float[] Expected(string tensor) => _file.Find($"{Name}/{tensor}") ?? throw new KeyNotFoundException($"{_file.Topic}: '{Name}' has no '{tensor}'.");
}
